/** The border between the receivers, which speak HTTP and gRPC, and the pipelines, which do not. */
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'

// model

export type OtlpSignal = 'traces' | 'logs' | 'metrics'

/** One request. Its body is decompressed. */
export interface ReceivedRequest {
  readonly signal: OtlpSignal
  readonly encoding: Encoding
  readonly body: Uint8Array
}

/** The result of a request. */
export type ReceiverAnswer =
  /** It was taken. `rejected` items of it could not be read, for the reason in `message`. Without any, `message` is empty. */
  | { readonly _tag: 'Accepted'; readonly rejected: number; readonly message: string }
  /** No part of it was taken. The sender should repeat it after this many whole seconds, from 1 to 5. */
  | { readonly _tag: 'Busy'; readonly retryAfterSeconds: number; readonly message: string }
  /** No pipeline takes this signal of the receiver. */
  | { readonly _tag: 'NoPipeline'; readonly message: string }
  /** No part of it can be read. The sender must not repeat it. */
  | { readonly _tag: 'Invalid'; readonly message: string }

/** Takes a request for the pipelines of a receiver. Never throws and never rejects. */
export interface Accept {
  (request: ReceivedRequest): ReceiverAnswer | Promise<ReceiverAnswer>
  /** The refusal of all requests of a signal at this time, whatever they contain. Their bodies are then neither kept nor decompressed. */
  readonly refuse?: (signal: OtlpSignal) => ReceiverRefusal | undefined
}

/** An answer that needs no body. */
export type ReceiverRefusal = Extract<
  ReceiverAnswer,
  { readonly _tag: 'Busy' } | { readonly _tag: 'NoPipeline' }
>
