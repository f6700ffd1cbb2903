/** Another implementation of OTLP's messages: the decoders that protobufjs generated for the JavaScript SDK. */
import { createRequire } from 'node:module'

// model

/** A request in protobuf's JSON form, with ids in hexadecimal as OTLP has them. */
export type JsonRequest = Readonly<Record<string, unknown>>

export interface GeneratedMessage {
  readonly fromObject: (object: unknown) => unknown
  readonly encode: (message: unknown) => { readonly finish: () => Uint8Array }
  readonly decode: (bytes: Uint8Array) => unknown
  readonly toObject: (message: unknown, options: object) => unknown
}

const generated = createRequire(import.meta.url)(
  '@opentelemetry/otlp-transformer/build/src/generated/root.js',
)

const collector = generated.opentelemetry.proto.collector

export const traces: GeneratedMessage = collector.trace.v1.ExportTraceServiceRequest

export const logs: GeneratedMessage = collector.logs.v1.ExportLogsServiceRequest

export const metrics: GeneratedMessage = collector.metrics.v1.ExportMetricsServiceRequest

const { trace, common, resource: resources } = generated.opentelemetry.proto

// Parts of requests.

export const span: GeneratedMessage = trace.v1.Span

export const scope: GeneratedMessage = common.v1.InstrumentationScope

export const resource: GeneratedMessage = resources.v1.Resource

const ID = /^(traceId|spanId|parentSpanId)$/

// encoding

/** The bytes of a request that is given in JSON form. */
export const encode = (message: GeneratedMessage, request: JsonRequest): Uint8Array =>
  new Uint8Array(message.encode(message.fromObject(mapIds(request, fromHex))).finish())

/** The bytes of a part of a request, whose ids are bytes. */
export const encodePart = (message: GeneratedMessage, part: object): Uint8Array =>
  new Uint8Array(message.encode(message.fromObject(part)).finish())

// decoding

/** The JSON form of a request that is given in bytes. */
export const decode = (message: GeneratedMessage, bytes: Uint8Array): JsonRequest => {
  const object = message.toObject(message.decode(bytes), {
    longs: String,
    bytes: String,
    enums: Number,
  })
  return mapIds(object, (base64) => Buffer.from(String(base64), 'base64').toString('hex'))
}

const fromHex = (hex: unknown): unknown => new Uint8Array(Buffer.from(String(hex), 'hex'))

const mapIds = (request: unknown, map: (id: unknown) => unknown): JsonRequest =>
  // The reviver keeps the outer shape, which is that of a request.
  walk(request, map) as JsonRequest

const walk = (value: unknown, map: (id: unknown) => unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => walk(one, map))
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, ID.test(key) ? map(one) : walk(one, map)]),
  )
}
