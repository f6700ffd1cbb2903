/**
 * An OTLP `ExportTraceServiceRequest` in its JSON form, decoded into spans. What is wrong inside a span rejects that
 * span alone; only what is no request at all is an error.
 *
 * Source: `opentelemetry/proto/collector/trace/v1/trace_service.proto`; opentelemetry.io/docs/specs/otlp.
 */
import * as Attributes from '@sentry-exporter/core/Attributes'
import type { Batch } from '@sentry-exporter/core/Batch'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Scope from '@sentry-exporter/core/Scope'
import type { Span } from '@sentry-exporter/core/Span'
import type * as t from 'io-ts'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as DecodeError from './DecodeError.ts'
import * as AnyValue from './json/AnyValue.ts'
import * as Cursor from './json/Cursor.ts'
import * as Scalar from './json/Scalar.ts'
import * as SpanDecoder from './json/SpanDecoder.ts'

// decoding

/** From the text of a request's body. */
export const parse = (text: string): E.Either<DecodeError.DecodeError, Batch> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      (error) => DecodeError.notJson(error instanceof Error ? error.message : String(error)),
    ),
    E.chain(decode),
  )

/** From a value that was parsed already. */
export const decode = (value: unknown): E.Either<DecodeError.DecodeError, Batch> => {
  const cursor = Cursor.start()
  if (!Scalar.isFields(value)) Cursor.fail(cursor, '', 'an object', value)
  const groups = Scalar.isFields(value)
    ? Scalar.list(cursor, value['resourceSpans'], 'resourceSpans')
    : []
  if (cursor.failure !== undefined) {
    const path = cursor.failure.path === '' ? 'request' : cursor.failure.path
    return E.left(DecodeError.mismatch({ ...cursor.failure, path }))
  }
  const walk: Walk = { cursor, spans: [], rejected: [] }
  for (let i = 0; i < groups.length; i++) resourceSpans(walk, groups[i], `resourceSpans[${i}]`)
  return E.right({
    spans: walk.spans,
    rejected: walk.rejected,
    mended: Losses.concat(Losses.of('rounded', cursor.rounded), Losses.of('nested', cursor.nested)),
  })
}

/** The same as an io-ts decoder, to be part of larger ones. */
export const decoder: t.Decoder<unknown, Batch> = {
  name: 'ExportTraceServiceRequest',
  validate: (value, context) =>
    pipe(
      decode(value),
      E.mapLeft((error) => [{ value, context, message: DecodeError.show(error) }]),
    ),
  decode: (value) => decoder.validate(value, []),
}

/** What one pass over a request gathers. */
interface Walk {
  readonly cursor: Cursor.Cursor
  readonly spans: Array<Span>
  readonly rejected: Array<Rejected>
}

const resourceSpans = (walk: Walk, value: unknown, path: string): void => {
  const { cursor } = walk
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, path, 'an object', value)
    reject(walk)
    return
  }
  const attributes = holderAttributes(cursor, value['resource'], `${path}.resource`)
  const resource = Resource.of(attributes, cursor.doubles)
  const scopes = Scalar.list(cursor, value['scopeSpans'], `${path}.scopeSpans`)
  if (cursor.failure !== undefined) {
    reject(walk)
    return
  }
  for (let i = 0; i < scopes.length; i++) {
    scopeSpans(walk, scopes[i], `${path}.scopeSpans[${i}]`, resource)
  }
}

const scopeSpans = (
  walk: Walk,
  value: unknown,
  path: string,
  resource: Resource.Resource,
): void => {
  const { cursor } = walk
  if (!Scalar.isFields(value)) {
    Cursor.fail(cursor, path, 'an object', value)
    reject(walk)
    return
  }
  const scope = scopeOf(cursor, value['scope'], `${path}.scope`)
  const spans = Scalar.list(cursor, value['spans'], `${path}.spans`)
  if (cursor.failure !== undefined) {
    reject(walk)
    return
  }
  for (let i = 0; i < spans.length; i++) {
    const span = SpanDecoder.decode(cursor, spans[i], resource, scope)
    if (span !== undefined) walk.spans.push(span)
    else {
      Cursor.inside(cursor, `${path}.spans[${i}]`)
      reject(walk)
    }
  }
}

const scopeOf = (cursor: Cursor.Cursor, value: unknown, path: string): Scope.Scope => {
  if (!Scalar.isFields(value)) {
    if (!Scalar.isAbsent(value)) Cursor.fail(cursor, path, 'an object', value)
    return Scope.unknown
  }
  return {
    name: Scalar.text(cursor, value['name'], `${path}.name`),
    version: Scalar.text(cursor, value['version'], `${path}.version`),
    attributes: holderAttributes(cursor, value, path),
  }
}

const holderAttributes = (
  cursor: Cursor.Cursor,
  value: unknown,
  path: string,
): Attributes.Attributes => {
  if (Scalar.isFields(value)) {
    return AnyValue.attributes(cursor, value['attributes'], `${path}.attributes`)
  }
  cursor.doubles = undefined
  if (!Scalar.isAbsent(value)) Cursor.fail(cursor, path, 'an object', value)
  return Attributes.empty
}

const reject = ({ cursor, rejected }: Walk): void => {
  if (cursor.failure !== undefined) rejected.push(cursor.failure)
  cursor.failure = undefined
}
