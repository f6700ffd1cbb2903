/**
 * Containers: items of an envelope that hold many values of one kind. A wrong container is dropped as a whole, a wrong value alone,
 * and a wrong attribute is removed. Source: `relay-server/src/envelope/container.rs`, `relay-server/src/processing`,
 * `relay-event-normalization/src/eap` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as Fields from './Fields.ts'
import type { FramedItem } from './Frame.ts'
import * as ItemAttributes from './ItemAttributes.ts'
import type { Moment } from './Moment.ts'
import * as RepeatedKeys from './RepeatedKeys.ts'
import type { Sizes } from './Sizes.ts'
import * as Timestamp from './Timestamp.ts'
import * as Verdict from './Verdict.ts'

// model

/** The facts in which logs and metrics differ. */
export interface ContainerKind {
  readonly contentType: string
  /** Of one value. */
  readonly maxBytes: number
  /** Whether a value has all fields of its kind that the server needs. */
  readonly isWhole: (value: Fields.Fields) => boolean
  /** The bytes of a value without its attributes, as the server counts them. */
  readonly bytesOf: (value: Fields.Fields) => number
  /** The fields of its kind that the server changes. */
  readonly cuts: (value: Fields.Fields, path: string) => ReadonlyArray<Verdict.Cut>
}

export interface ReceivedContainer {
  readonly framed: FramedItem
  readonly container: Fields.Fields
  /** The same as JSON. */
  readonly text: string
}

/** With another version the server may take facts about the user from the request. */
const VERSION = 2

/** After its retention a value is rejected: 90 days, unless the project has another one. */
const RETENTION_SECONDS = 90 * 24 * 60 * 60

const MAX_SECONDS_FUTURE = 60

// folds

/** The changes of the values of a container; the reason if all of it is dropped. */
export const judge =
  (kind: ContainerKind) =>
  (
    { framed, container, text }: ReceivedContainer,
    moment: Moment,
    sizes: Sizes,
  ): E.Either<Verdict.DropReason, ReadonlyArray<Verdict.Cut>> => {
    const { header, payload } = framed
    const { ingest_settings: settings, items, version } = container
    if (header['content_type'] !== kind.contentType) return E.left('container-content-type')
    if (!Array.isArray(items) || !items.every(Fields.isFields)) return E.left('not-json')
    if (operationsOf(container) > sizes.containerOperations) return E.left('container-operations')
    if (header['item_count'] !== items.length) return E.left('container-count')
    // The server looks at the average first.
    const isLarge = payload.length > kind.maxBytes * items.length
    return E.right([
      ...Verdict.unless(version === VERSION, 'version', 'patched'),
      ...Verdict.unless(Fields.isAbsent(settings), 'ingest_settings', 'patched'),
      ...RepeatedKeys.pathsOf(text).map((path) => Verdict.cut(path, 'duplicate')),
      ...items.flatMap((value, index) =>
        isLarge && items.length > 0
          ? [Verdict.cut(`items.${index}`, 'discarded')]
          : judgeValue(kind, value, `items.${index}`, moment),
      ),
    ])
  }

const judgeValue = (
  kind: ContainerKind,
  value: Fields.Fields,
  path: string,
  { nowSeconds, shiftSeconds }: Moment,
): ReadonlyArray<Verdict.Cut> => {
  const { attributes, span_id: spanId, timestamp, trace_id: traceId } = value
  const time = Timestamp.read(timestamp)
  const isUnknownTrace = typeof traceId === 'string' && /^0{32}$/.test(traceId)
  const isWhole =
    time._tag === 'At' && (isUnknownTrace || Fields.isId(traceId, 32)) && kind.isWhole(value)
  const bytes = kind.bytesOf(value) + ItemAttributes.bytesOf(attributes)
  if (!isWhole || bytes > kind.maxBytes) return [Verdict.cut(path, 'discarded')]
  const age = nowSeconds - time.seconds - shiftSeconds
  if (age > RETENTION_SECONDS) return [Verdict.cut(path, 'discarded')]
  return [
    ...(age < -MAX_SECONDS_FUTURE
      ? [Verdict.cut(`${path}.timestamp`, 'shifted', Math.round(-age))]
      : []),
    ...Verdict.unless(!isUnknownTrace, `${path}.trace_id`, 'patched'),
    ...Verdict.unless(
      Fields.isAbsent(spanId) || Fields.isId(spanId, 16),
      `${path}.span_id`,
      'invalid',
    ),
    // A server writes it for the next one.
    ...Verdict.unless(Fields.isAbsent(value['__header']), `${path}.__header`, 'reserved'),
    ...kind.cuts(value, path),
    ...ItemAttributes.cuts(attributes, `${path}.attributes`),
  ]
}

/** Each key and each value is one. */
const operationsOf = (value: unknown): number => {
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, element) => sum + operationsOf(element), 1)
  }
  return Fields.isFields(value)
    ? Object.values(value).reduce<number>((sum, one) => sum + 1 + operationsOf(one), 1)
    : 1
}
