/**
 * The role of a span in its trace. Source: `opentelemetry/proto/trace/v1/trace.proto`.
 *
 * @example
 * ```ts
 * import { SpanKind } from '@sentry-exporter/core'
 *
 * console.log(SpanKind.all[2], SpanKind.receives('SERVER')) // SERVER true
 * ```
 */
import { frozen } from '../internal/frozen.ts'

// model

export type SpanKind = 'UNSPECIFIED' | 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER'

// constructors

/** All kinds, in the order of their numbers in the protocol. */
export const all: ReadonlyArray<SpanKind> = /* @__PURE__ */ frozen([
  'UNSPECIFIED',
  'INTERNAL',
  'SERVER',
  'CLIENT',
  'PRODUCER',
  'CONSUMER',
])

// guards

/** Whether a span of this kind handles a request or a message: such a span usually enters a service. */
export const receives = (kind: SpanKind): boolean => kind === 'SERVER' || kind === 'CONSUMER'
