import * as Batch from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import type { OtlpInput } from '../OtlpInput.ts'

/** Several inputs as one, in their order. */
export const concatAll = (inputs: ReadonlyArray<OtlpInput>): OtlpInput => {
  const [first] = inputs
  if (first !== undefined && inputs.length === 1) return first
  return {
    batch: Batch.concatAll(inputs.map(({ batch }) => batch)),
    logs: {
      records: inputs.flatMap(({ logs }) => logs.records),
      rejected: inputs.flatMap(({ logs }) => logs.rejected),
      invalidParts: inputs.flatMap(({ logs }) => logs.invalidParts ?? []),
      repairs: Losses.concatAll(inputs.map(({ logs }) => logs.repairs)),
    },
    metrics: inputs.reduce((sum, { metrics }) => sum + metrics, 0),
    unread: inputs.flatMap(({ unread }) => unread),
  }
}
