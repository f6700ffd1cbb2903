/** Describes spans with the mapping of their resource, where some resources have one of their own. */
import * as HookFailure from '../filter/HookFailure.ts'
import { redactor } from '../filter/redact.ts'
import { redactSpan } from '../filter/redactSpan.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import { frozen } from '../internal/frozen.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import {
  type Described,
  type Describer,
  type DescribeSpans,
  describe,
  describer,
  type Options,
} from './describe.ts'
import { filterSpans } from './filterSpans.ts'

// model

/** `undefined` for a resource with the mapping of all others. */
export type MappingFor = (resource: Resource) => Mapping | undefined

/** Spans that were filtered are not filtered again. */
const EVERYTHING: SpanFilter.SpanFilter = /* @__PURE__ */ frozen({
  span: undefined,
  privacy: { sendDefaultPii: true, scrub: false, scrubKeys: [] },
  sampleRate: 1,
})

// transformations

/** The resource is that after hooks and redaction, as for routes. */
export const describerByResource = <A>(
  options: Options<A>,
  mappingFor: MappingFor | undefined,
): Describer<A> =>
  mappingFor === undefined
    ? describer(options)
    : { spans: describeByResource(options, mappingFor), scanned: undefined }

const describeByResource = <A>(options: Options<A>, mappingFor: MappingFor): DescribeSpans<A> => {
  const { filter = SpanFilter.defaults } = options
  const toFiltered = filterSpans(filter, redactSpan(redactor(filter.privacy)))
  const describers = new Map<Mapping, DescribeSpans<A>>()
  const describerOf = (mapping: Mapping): DescribeSpans<A> => {
    const known = describers.get(mapping)
    if (known !== undefined) return known
    const made = describe({ ...options, mapping, filter: EVERYTHING })
    describers.set(mapping, made)
    return made
  }
  return (spans, nowMillis) => {
    const filtered = toFiltered(spans)
    const parts = runsOf(filtered.spans, (resource) => mappingFor(resource) ?? options.mapping)
    return concat(
      { ...filtered, nodes: [] },
      parts.map(({ mapping, run }) => describerOf(mapping)(run, nowMillis)),
    )
  }
}

interface Run {
  readonly mapping: Mapping
  readonly run: Array<Span>
}

/** Neighbours with the same mapping. The spans of one resource usually follow each other. */
const runsOf = (
  spans: ReadonlyArray<Span>,
  mappingOf: (resource: Resource) => Mapping,
): ReadonlyArray<Run> => {
  const runs: Array<Run> = []
  let last: Run | undefined
  let resource: Resource | undefined
  // hot: once for each span
  for (const span of spans) {
    if (last === undefined || span.resource !== resource) {
      resource = span.resource
      const mapping = mappingOf(resource)
      if (last?.mapping !== mapping) {
        last = { mapping, run: [] }
        runs.push(last)
      }
    }
    last.run.push(span)
  }
  return runs
}

const concat = <A>(first: Described<A>, others: ReadonlyArray<Described<A>>): Described<A> => ({
  nodes: others.flatMap(({ nodes }) => nodes),
  dropped: [...first.dropped, ...others.flatMap(({ dropped }) => dropped)],
  losses: Losses.concatAll([first.losses, ...others.map(({ losses }) => losses)]),
  failures: others.reduce((all, { failures }) => HookFailure.concat(all, failures), first.failures),
})
