/**
 * Size limits. The defaults are those of Sentry's open-source Relay (`relay-config/src/config.rs`,
 * `relay-event-schema/src/protocol/event.rs`); its own service may have others. Tests may set smaller ones.
 */

// model

export interface Sizes {
  /** Bytes of an envelope after decompression. */
  readonly envelopeBytes: number
  /** Bytes of all events and transactions of an envelope. */
  readonly eventBytes: number
  readonly clientReportBytes: number
  /** Bytes of a container of spans, logs or metrics. */
  readonly containerBytes: number
  /** Keys and values of one container. */
  readonly containerOperations: number
  readonly attachmentBytes: number
  readonly attachments: number
  /** Bytes of the list `spans`: spans beyond it are removed silently. */
  readonly spansBytes: number
  /** Bytes of one context. */
  readonly contextBytes: number
  /** Bytes that processing adds to each span. The number is unknown, so 0; a test that wants a margin sets one. */
  readonly addedBytesPerSpan: number
}

// constructors

const KIB = 1024
const MIB = 1024 * KIB

export const relay: Sizes = {
  envelopeBytes: 200 * MIB,
  eventBytes: MIB,
  clientReportBytes: 100 * KIB,
  containerBytes: 12 * MIB,
  containerOperations: 3_000_000,
  attachmentBytes: 200 * MIB,
  attachments: 30,
  spansBytes: 800 * KIB,
  contextBytes: 8 * KIB,
  addedBytesPerSpan: 0,
}
