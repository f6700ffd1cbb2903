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
    metrics: {
      metrics: inputs.flatMap(({ metrics }) => metrics.metrics),
      rejected: inputs.flatMap(({ metrics }) => metrics.rejected),
      invalidParts: inputs.flatMap(({ metrics }) => metrics.invalidParts ?? []),
      repairs: Losses.concatAll(inputs.map(({ metrics }) => metrics.repairs)),
    },
    unread: inputs.flatMap(({ unread }) => unread),
  }
}
