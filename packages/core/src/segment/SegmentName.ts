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
    : root.details.name
  const fitted = fit(name.name) ?? UNLABELED
  return fitted === name.name ? name : { ...name, name: fitted }
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
