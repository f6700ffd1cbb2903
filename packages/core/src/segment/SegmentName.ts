/**
 * The name of a segment: that of the transaction it becomes, and the `transaction` of its errors.
 *
 * @example
 * ```ts
 * import { SegmentName } from '@sentry-exporter/core/pipeline'
 *
 * console.log(SegmentName.fit('  GET /orders\n')) // GET /orders
 * ```
 */

import { oneLine } from '../internal/text/oneLine.ts'
import type { TransactionName } from '../mapping/TransactionName.ts'
import type { Node } from './Node.ts'
import * as Segment from './Segment.ts'
import * as SyntheticRoot from './SyntheticRoot.ts'

// constructors

/** `relay-event-schema/src/protocol/event.rs` of getsentry/relay: the server cuts longer names. */
const MAX_NAME_CHARACTERS = 200

/** Sentry's own name for a transaction without one. */
const UNLABELED = '<unlabeled transaction>'

/**
 * The name of a segment. With a synthetic root it depends only on the continued segment or the service, since Sentry groups
 * lists and issues by it.
 */
export const of = <A>(segment: Segment.Segment<A>): TransactionName => {
  const { root } = segment
  const name: TransactionName = SyntheticRoot.isSynthetic(root)
    ? {
        name: `${Segment.continuedName(segment) ?? root.service.name ?? 'unknown_service'} (continued)`,
        source: 'custom',
      }
    : (routed(root, segment.descendants) ?? root.details.name)
  const fitted = fit(name.name) ?? UNLABELED
  return fitted === name.name ? name : { ...name, name: fitted }
}

/**
 * The name of a request whose route only the span below its root knows: Next.js and SvelteKit record it there, below the span of
 * the HTTP server. `undefined` if the root knows it, or nobody does.
 */
const routed = <A>(
  { details: { name }, spanId, traits }: Node<A>,
  descendants: ReadonlyArray<Node<A>>,
): TransactionName | undefined => {
  if (name.source !== 'url' || traits.kind !== 'SERVER') return undefined
  const method = name.name.slice(0, name.name.indexOf(' ') + 1)
  if (method === '') return undefined
  for (const { parentSpanId, details, traits: below } of descendants) {
    const isInner = below.kind === 'SERVER' || below.kind === 'INTERNAL'
    if (parentSpanId !== spanId || !isInner) continue
    if (details.name.source === 'route' && details.name.name.startsWith(`${method}/`)) {
      return details.name
    }
  }
  return undefined
}

// guards

/** Whether the name of the root is longer than what the segment shows of it. */
export const isCut = <A>({ root }: Segment.Segment<A>): boolean =>
  !SyntheticRoot.isSynthetic(root) && root.details.name.name.length > MAX_NAME_CHARACTERS

// transformations

/** A name on one line that the server does not cut; `undefined` for an empty one. */
export const fit = (name: string): string | undefined => {
  const line = oneLine(name).trim()
  return line === '' ? undefined : line.slice(0, MAX_NAME_CHARACTERS).trim()
}
