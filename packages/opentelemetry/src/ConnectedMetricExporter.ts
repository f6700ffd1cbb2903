/** The metric exporter of both runtimes. */
import { ConnectedExporter } from './ConnectedExporter.ts'
import { CLOSED, type ExportResultLike, resultOf } from './ExportResult.ts'
import { type ReadableMetrics, TEMPORALITIES } from './readable/ReadableMetrics.ts'

// model

/** Instruments whose sums go in both directions: Sentry gets their value, not its changes. */
const UP_DOWN: ReadonlySet<string> = new Set(['UP_DOWN_COUNTER', 'OBSERVABLE_UP_DOWN_COUNTER'])

/**
 * A `PushMetricExporter` of the SDK for metrics 1.30, 2 and 3, for its `PeriodicExportingMetricReader`. `export` calls back exactly
 * once, and no promise is rejected.
 */
export class ConnectedMetricExporter extends ConnectedExporter {
  /** Calls back when the envelopes that became ready are answered or counted. Metrics may wait for others, up to five seconds. */
  export(metrics: ReadableMetrics, callback: (result: ExportResultLike) => void): void {
    if (this.isClosed) {
      callback(CLOSED)
      return
    }
    void this.connection.exportMetrics(metrics).then(({ droppedMetrics, problems }) => {
      callback(resultOf([['metrics', droppedMetrics]], problems))
    })
  }

  /** Increases since the last collection, which need no memory, but the values of instruments that go in both directions. */
  selectAggregationTemporality(instrumentType: string): number {
    return UP_DOWN.has(instrumentType) ? TEMPORALITIES.cumulative : TEMPORALITIES.delta
  }
}
