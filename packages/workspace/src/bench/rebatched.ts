/** Requests of OTLP JSON, divided into requests of another size. */

// model

interface RawScope {
  readonly spans: ReadonlyArray<object>
}

interface RawResource {
  readonly scopeSpans: ReadonlyArray<RawScope>
}

/** A span with the parts of its request around it. */
interface PlacedSpan {
  readonly resource: RawResource
  readonly scope: RawScope
  readonly span: object
}

// transformations

/** The spans stay in their order; the resource and the scope are repeated in each request. */
export const rebatched = (
  requests: ReadonlyArray<string>,
  spansPerRequest: number,
): ReadonlyArray<string> => {
  const placed = requests.flatMap((text) => {
    const { resourceSpans }: { readonly resourceSpans: ReadonlyArray<RawResource> } =
      JSON.parse(text)
    return resourceSpans.flatMap((resource) =>
      resource.scopeSpans.flatMap((scope) =>
        scope.spans.map((span) => ({ resource, scope, span })),
      ),
    )
  })
  return Array.from({ length: Math.ceil(placed.length / spansPerRequest) }, (_, nth) =>
    requestOf(placed.slice(nth * spansPerRequest, (nth + 1) * spansPerRequest)),
  )
}

const requestOf = (placed: ReadonlyArray<PlacedSpan>): string =>
  JSON.stringify({
    resourceSpans: runs(placed, ({ resource }) => resource).map(([resource, inResource]) => ({
      ...resource,
      scopeSpans: runs(inResource, ({ scope }) => scope).map(([scope, inScope]) => ({
        ...scope,
        spans: inScope.map(({ span }) => span),
      })),
    })),
  })

/** Neighbours with the same key, together. */
const runs = <A, K>(
  values: ReadonlyArray<A>,
  keyOf: (value: A) => K,
): ReadonlyArray<readonly [K, ReadonlyArray<A>]> => {
  const made: Array<readonly [K, Array<A>]> = []
  for (const value of values) {
    const key = keyOf(value)
    const last = made.at(-1)
    if (last?.[0] === key) last[1].push(value)
    else made.push([key, [value]])
  }
  return made
}
