/** The common part of the exporters of log records and metrics: their connection and their end. */
import type * as Outcome from '@sentry-exporter/exporter/Outcome'
import type * as Connection from './connection/Connection.ts'

// model

export class ConnectedExporter {
  /** Shared by the classes that are given this one as `shares`. */
  readonly connection: Connection.Connection
  #closing: Promise<void> | undefined

  constructor(connection: Connection.Connection) {
    this.connection = connection
    connection.attach()
  }

  /** Whether it was shut down. */
  protected get isClosed(): boolean {
    return this.#closing !== undefined
  }

  /** Sends the items that wait for others, and waits for the answers. Spans that wait for the rest of their trace are not sent early. */
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
