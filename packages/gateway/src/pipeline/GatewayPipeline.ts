/** A pipeline at work: the processors and the running exporters behind the receivers that it names. */
import type { Exporter } from '@sentry-exporter/exporter'
import type * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import type { Processor } from '../processor/Processor.ts'
import { processMetrics, processRecords, processSpans } from '../processor/Processor.ts'
import type { OtlpSignal } from '../receiver/Accept.ts'

// model

export interface GatewayPipeline {
  readonly id: string
  readonly signal: OtlpSignal
  /** The ids of its receivers. */
  readonly receivers: ReadonlyArray<string>
  readonly process: (input: OtlpInput.OtlpInput) => OtlpInput.OtlpInput
  readonly exporters: ReadonlyArray<PipelineExporter>
}

export interface PipelineExporter {
  readonly id: string
  readonly exporter: Pick<Exporter, 'backlog' | 'exportInput' | 'readTraces'>
}

// constructors

/** The processing of a pipeline without processors. */
export const unchanged: GatewayPipeline['process'] = (input) => input

/** The processors of a pipeline in one function. */
export const processing = (processors: ReadonlyArray<Processor>): GatewayPipeline['process'] => {
  const [ofSpans, ofRecords] = [processSpans(processors), processRecords(processors)]
  const ofMetrics = processMetrics(processors)
  return processors.length === 0
    ? unchanged
    : (input) => ({
        ...input,
        batch: ofSpans(input.batch),
        logs: ofRecords(input.logs),
        metrics: ofMetrics(input.metrics),
      })
}
