/** Ready segments become transactions and errors. */
import * as Breadcrumb from './Breadcrumb.ts'
import type { Described } from './describe.ts'
import * as ErrorEvent from './ErrorEvent.ts'
import { MOST_CONTEXT_BYTES } from './fitContext.ts'
import { fitHead } from './fitHead.ts'
import type { Limits } from './Limits.ts'
import * as Losses from './Losses.ts'
import type { Payload } from './Payload.ts'
import * as Segment from './Segment.ts'
import * as Transaction from './Transaction.ts'

// model

export interface Finished<A> {
  readonly transactions: ReadonlyArray<Transaction.Transaction<A>>
  /** In the order of their transactions. */
  readonly errors: ReadonlyArray<ErrorEvent.ErrorEvent>
  readonly losses: Losses.Losses
}

// destructors

export const finish = <A>(
  limits: Pick<Limits, 'maxHeadBytes'>,
  payload: Payload<A>,
): ((segments: ReadonlyArray<Segment.Segment<Described<A>>>) => Finished<A>) => {
  const toTransaction = Transaction.ofSegment(payload)
  return (segments) => {
    const transactions: Array<Transaction.Transaction<A>> = []
    const errors: Array<ErrorEvent.ErrorEvent> = []
    let trimmed = 0
    let events = 0
    let field = 0
    for (const segment of segments) {
      const made = toTransaction(segment)
      const fitted =
        made !== undefined && mayBeLarge(segment, limits.maxHeadBytes)
          ? fitHead(made, limits.maxHeadBytes)
          : made
      if (fitted === undefined) continue
      if (fitted !== made) trimmed++
      if (Transaction.isNameCut(segment)) field++
      transactions.push(fitted)
      const breadcrumbs = Transaction.breadcrumbsOf(segment).length
      events += Math.max(0, breadcrumbs - Breadcrumb.MOST)
      for (const { value } of Segment.nodes(segment)) {
        for (const error of value.errors) {
          errors.push(ErrorEvent.inTransaction(fitted.transaction)(error))
        }
      }
    }
    return {
      transactions,
      errors,
      losses: Losses.concatAll([
        Losses.of('event', events),
        Losses.of('field', field),
        Losses.of('trimmed', trimmed),
      ]),
    }
  }
}

/** Measuring a head is printing it: most are known to be small by what is known of their parts. */
const mayBeLarge = <A>(segment: Segment.Segment<Described<A>>, mostBytes: number): boolean => {
  const first = Segment.first(segment)
  return (
    first === undefined ||
    first.weight > MOST_CONTEXT_BYTES ||
    (first.weight + first.value.base.bytes) * 2 > mostBytes ||
    Transaction.breadcrumbsOf(segment).length > 0
  )
}
