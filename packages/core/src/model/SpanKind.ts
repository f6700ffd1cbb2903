/** The role of a span in its trace. Source: `opentelemetry/proto/trace/v1/trace.proto`. */

// model

export type SpanKind = 'UNSPECIFIED' | 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER'

// constructors

/** In the order of their numbers in the protocol. */
export const all: ReadonlyArray<SpanKind> = [
  'UNSPECIFIED',
  'INTERNAL',
  'SERVER',
  'CLIENT',
  'PRODUCER',
  'CONSUMER',
]

// guards

/** Whether a span of this kind answers somebody: such a span usually enters a service. */
export const receives = (kind: SpanKind): boolean => kind === 'SERVER' || kind === 'CONSUMER'
