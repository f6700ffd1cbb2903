/**
 * Logs, of which an item of an envelope holds many. A wrong container is dropped as a whole, a wrong log alone, and a wrong
 * attribute is removed. Source: `relay-server/src/envelope/container.rs`, `relay-server/src/processing/logs`,
 * `relay-event-schema/src/protocol/ourlog/mod.rs`, `relay-event-normalization/src/eap/mod.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as Fields from './Fields.ts'
import type { Moment } from './Moment.ts'
import * as Timestamp from './Timestamp.ts'
import * as Verdict from './Verdict.ts'

// model

const CONTENT_TYPE = 'application/vnd.sentry.items.log+json'

/** With another version the server takes facts about the user from the request. */
const VERSION = 2

const MAX_LOG_BYTES = 1024 * 1024

/** After its retention a log is rejected: 90 days, unless the project has another one. */
const RETENTION_SECONDS = 90 * 24 * 60 * 60

const NUMBER_BYTES = 8

// folds

/** The changes of the logs of a container; the reason if all of it is dropped. */
export const judge = (
  header: Fields.Fields,
  container: Fields.Fields,
  moment: Moment,
): E.Either<Verdict.DropReason, ReadonlyArray<Verdict.Cut>> => {
  const { items, version } = container
  if (header['content_type'] !== CONTENT_TYPE) return E.left('container-content-type')
  if (!Array.isArray(items) || !items.every(Fields.isFields)) return E.left('not-json')
  if (header['item_count'] !== items.length) return E.left('container-count')
  const cuts = items.flatMap((log, index) => judgeLog(log, `items.${index}`, moment))
  return E.right([...Verdict.unless(version === VERSION, 'version', 'patched'), ...cuts])
}

const judgeLog = (
  log: Fields.Fields,
  path: string,
  { nowSeconds, shiftSeconds }: Moment,
): ReadonlyArray<Verdict.Cut> => {
  const { attributes = {}, body, level, timestamp, trace_id: traceId } = log
  const time = Timestamp.read(timestamp)
  const isWhole =
    time._tag === 'At' &&
    Fields.isId(traceId, 32) &&
    typeof level === 'string' &&
    typeof body === 'string'
  const isOld = time._tag === 'At' && nowSeconds - time.seconds - shiftSeconds > RETENTION_SECONDS
  if (!isWhole || isOld || bytesOf(body, attributes) > MAX_LOG_BYTES) {
    return [Verdict.cut(path, 'discarded')]
  }
  const { span_id: spanId } = log
  return [
    ...Verdict.unless(
      Fields.isAbsent(spanId) || Fields.isId(spanId, 16),
      `${path}.span_id`,
      'invalid',
    ),
    ...Object.entries(Fields.isFields(attributes) ? attributes : {}).flatMap(([key, attribute]) =>
      Verdict.unless(isAttribute(attribute), `${path}.attributes.${key}`, 'invalid'),
    ),
  ]
}

/** As the server counts them for the category `log_byte`. */
const bytesOf = (body: unknown, attributes: unknown): number =>
  valueBytes(body) +
  Object.entries(Fields.isFields(attributes) ? attributes : {}).reduce(
    (sum, [key, attribute]) => sum + valueBytes(key) + valueBytes(Fields.field(attribute, 'value')),
    0,
  )

const valueBytes = (value: unknown): number => {
  if (typeof value === 'string') return new TextEncoder().encode(value).length
  if (typeof value === 'boolean') return 1
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + valueBytes(element), 0)
  }
  return typeof value === 'number' ? NUMBER_BYTES : 0
}

// guards

const isAttribute = (attribute: unknown): boolean => {
  const value = Fields.field(attribute, 'value')
  switch (Fields.field(attribute, 'type')) {
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'double':
      return typeof value === 'number'
    case 'integer':
      return Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 63
    case 'array':
      return Array.isArray(value) && isFlat(value)
    default:
      return false
  }
}

/** Scalars of one type, and nulls. */
const isFlat = (list: ReadonlyArray<unknown>): boolean => {
  const types = new Set(list.filter((one) => one !== null).map((one) => typeof one))
  return types.size <= 1 && [...types].every((type) => /^(?:string|boolean|number)$/.test(type))
}
