/** Everything that an input lost, as counts and as lines of text. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import * as RejectedItem from '@sentry-exporter/core/Rejected'
import * as DecodeError from '../DecodeError.ts'
import type { OtlpInput, Unread } from '../OtlpInput.ts'

// folds

/** Everything that reading lost or repaired. */
export const losses = ({ batch, logs, metrics, unread }: OtlpInput): Losses.Losses =>
  Losses.concatAll([
    Batch.losses(batch),
    logs.repairs,
    metrics.repairs,
    Losses.ofCounts({
      invalid_metric: metrics.rejected.length,
      invalid_record: logs.rejected.length,
      invalid_request: unread.length,
    }),
  ])

/** A line of text for everything that could not be read: whole inputs and lines first, then items, then parts of items. */
export const problems = ({ batch, logs, metrics, unread }: OtlpInput): ReadonlyArray<string> => {
  const batches = [batch, logs, metrics]
  return [
    ...unread.map(showUnread),
    ...batches.flatMap(({ rejected }) => rejected).map(RejectedItem.show),
    ...batches.flatMap(({ invalidParts }) => invalidParts ?? []).map(RejectedItem.show),
  ]
}

/** One line of text: `line 3: not JSON: ...`. */
export const showUnread = ({ place, error }: Unread): string =>
  place === '' ? DecodeError.show(error) : `${place}: ${DecodeError.show(error)}`
