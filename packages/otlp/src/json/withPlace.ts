/** Places in parts of a larger input. */
import type * as Batch from '@sentry-exporter/core/Batch'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import type { OtlpInput } from '../OtlpInput.ts'

// transformations

/** Names the line, or the message, that an input comes from in the places of its problems. */
export const withPlace = (place: string, input: OtlpInput): OtlpInput => {
  const at = (one: Rejected): Rejected => ({ ...one, path: `${place}: ${one.path}` })
  return {
    ...input,
    batch: placed(input.batch, at),
    logs: placed(input.logs, at),
    metrics: placed(input.metrics, at),
    unread: input.unread.map((one) => ({
      place: one.place === '' ? place : `${place}, ${one.place}`,
      error: one.error,
    })),
  }
}

const placed = <A extends Pick<Batch.Batch, 'rejected' | 'invalidParts'>>(
  batch: A,
  at: (one: Rejected) => Rejected,
): A => {
  const { rejected, invalidParts = [] } = batch
  return rejected.length === 0 && invalidParts.length === 0
    ? batch
    : { ...batch, rejected: rejected.map(at), invalidParts: invalidParts.map(at) }
}
