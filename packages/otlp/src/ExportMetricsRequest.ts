/**
 * Decodes an OTLP `ExportMetricsServiceRequest` in JSON or protobuf into metrics. A point that cannot be read costs only that
 * point, and input that is not a request is a `DecodeError`. `OtlpInput` reads further forms.
 *
 * Source: `opentelemetry/proto/collector/metrics/v1/metrics_service.proto`; opentelemetry.io/docs/specs/otlp.
 *
 * @example
 * ```ts
 * import { ExportMetricsRequest } from '@sentry-exporter/otlp'
 *
 * const metrics = [{ name: 'queue.size', gauge: { dataPoints: [{ asInt: '3' }, { asInt: 'x' }] } }]
 * const decoded = ExportMetricsRequest.decode({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })
 * if (decoded._tag === 'Right') {
 *   console.log(decoded.right.metrics[0]?.data.points.length) // 1
 *   console.log(decoded.right.rejected[0]?.path) // resourceMetrics[0].scopeMetrics[0].metrics[0].gauge.dataPoints[1].asInt
 * }
 * ```
 */
import type { MetricBatch } from '@sentry-exporter/core'
import * as E from '#fp-ts/Either'
import { flow, pipe } from '#fp-ts/function'
import type * as DecodeError from './DecodeError.ts'
import * as Cursor from './json/Cursor.ts'
import * as Groups from './json/Groups.ts'
import * as MetricDecoder from './json/MetricDecoder.ts'
import { parseJson } from './json/parseJson.ts'
import * as RequestShape from './json/RequestShape.ts'
import * as ProtobufGroups from './protobuf/Groups.ts'
import * as MetricReader from './protobuf/MetricReader.ts'
import * as Wire from './protobuf/Wire.ts'

// decoding

/** Decodes a value that `JSON.parse` returned. */
export const decode: (
  value: unknown,
) => E.Either<DecodeError.DecodeError, MetricBatch.MetricBatch> = flow(
  Groups.decode({ ...RequestShape.METRICS, decode: MetricDecoder.decode }),
  E.map(({ items, rejected, cursor }) => ({
    metrics: items,
    rejected,
    repairs: Cursor.repairs(cursor),
    ...(cursor.places.length === 0 ? {} : { invalidParts: cursor.places }),
  })),
)

/** Decodes the text of a request body. */
export const parse = (text: string): E.Either<DecodeError.DecodeError, MetricBatch.MetricBatch> =>
  pipe(parseJson(text), E.chain(decode))

/** Decodes the bytes of a request body in protobuf. */
export const parseProtobuf: (
  bytes: Uint8Array,
) => E.Either<DecodeError.DecodeError, MetricBatch.MetricBatch> = flow(
  ProtobufGroups.read({
    resources: 'resourceMetrics',
    scopes: 'scopeMetrics',
    oldScopes: 'instrumentationLibraryMetrics',
    items: 'metrics',
    read: MetricReader.read,
  }),
  E.map(({ items, rejected, wire }) => ({
    metrics: items,
    rejected,
    repairs: Wire.repairs(wire),
    ...(wire.places.length === 0 ? {} : { invalidParts: wire.places }),
  })),
)
