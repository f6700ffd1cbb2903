/** The metric exporter of both runtimes. */
import type * as Losses from '@sentry-exporter/core/Losses'
import type * as Outcome from '@sentry-exporter/exporter/Outcome'
import type * as Connection from './connection/Connection.ts'
import { CLOSED, type ExportResultLike, failed, SUCCESS } from './ExportResult.ts'
import { type ReadableMetrics, TEMPORALITIES } from './readable/ReadableMetrics.ts'

// model

/** Instruments whose sums go in both directions: Sentry gets their value, not its changes. */
const UP_DOWN: ReadonlySet<string> = new Set(['UP_DOWN_COUNTER', 'OBSERVABLE_UP_DOWN_COUNTER'])

/**
 * A `PushMetricExporter` of the SDK for metrics 1.30, 2 and 3, for its `PeriodicExportingMetricReader`. `export` calls back exactly
 * once, and no promise is rejected.
 */
export class ConnectedMetricExporter {
  /** Shared by the classes that are given this one as `shares`. */
  readonly connection: Connection.Connection
  #closing: Promise<void> | undefined

  constructor(connection: Connection.Connection) {
    this.connection = connection
    connection.attach()
  }

  /** Calls back when the envelopes that became ready are answered or counted. Metrics may wait for others, up to five seconds. */
  export(metrics: ReadableMetrics, callback: (result: ExportResultLike) => void): void {
    if (this.#closing !== undefined) {
      callback(CLOSED)
      return
    }
    void this.connection.exportMetrics(metrics).then(({ droppedMetrics, problems }) => {
      callback(
        isEmpty(droppedMetrics) ? SUCCESS : failed(['metrics were lost', ...problems].join(', ')),
      )
    })
  }

  /** Increases since the last collection, which need no memory, but the values of instruments that go in both directions. */
  selectAggregationTemporality(instrumentType: string): number {
    return UP_DOWN.has(instrumentType) ? TEMPORALITIES.cumulative : TEMPORALITIES.delta
  }

  /** Sends the metrics that wait, and waits for their answers. */
  forceFlush(timeoutMillis?: number): Promise<void> {
    return this.#closing ?? this.connection.flush('none', timeoutMillis)
  }

  /** A second call gives the promise of the first. */
  shutdown(timeoutMillis?: number): Promise<void> {
    this.#closing ??= this.connection.release(timeoutMillis)
    return this.#closing
  }

  /** The outcome of everything since the exporter was made. */
  outcome(): Outcome.Outcome {
    return this.connection.outcome()
  }
}

const isEmpty = (losses: Losses.Losses): boolean => Object.keys(losses).length === 0
