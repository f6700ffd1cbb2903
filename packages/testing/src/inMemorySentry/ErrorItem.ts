/**
 * An error event. It is rarely dropped; its exceptions and frames have rules of their own.
 * Source: `relay-event-schema/src/protocol/{exception,mechanism,stacktrace}.rs`,
 * `relay-event-normalization/src/{trimming,timestamp}.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as EventFields from './EventFields.ts'
import * as Fields from './Fields.ts'
import type { Moment } from './Moment.ts'
import type { Sizes } from './Sizes.ts'
import * as SpanFields from './SpanFields.ts'
import * as Timestamp from './Timestamp.ts'
import * as Verdict from './Verdict.ts'

// folds

export const judge = (
  event: Fields.Fields,
  moment: Moment,
  sizes: Sizes,
): E.Either<Verdict.DropReason, ReadonlyArray<Verdict.Cut>> => {
  const time = Timestamp.read(event['timestamp'])
  if (time._tag === 'Negative') return E.left('negative-timestamp')
  const trace = Fields.field(event['contexts'], 'trace')
  return E.right([
    ...EventFields.cuts(event, sizes),
    ...(time._tag === 'Absent'
      ? [Verdict.cut('timestamp', 'patched')]
      : outOfRange(time.seconds, moment)),
    ...(Fields.isFields(trace) ? SpanFields.cuts('contexts.trace', trace) : []),
    ...Verdict.unless(
      Fields.isAbsent(trace) ||
        (Fields.isId(Fields.field(trace, 'trace_id'), 32) &&
          Fields.isId(Fields.field(trace, 'span_id'), 16)),
      'contexts.trace',
      'invalid',
    ),
    ...Verdict.tooLong('logentry.message', Fields.field(event['logentry'], 'message'), 8192),
    ...Fields.entriesOf(valuesOf(event['exception'])).flatMap(([index, exception]) =>
      exceptionCuts(`exception.values.${index}`, exception),
    ),
  ])
}

const valuesOf = (list: unknown): unknown => Fields.field(list, 'values') ?? list

const RETENTION_SECONDS = 90 * 24 * 60 * 60

const MAX_SECONDS_FUTURE = 60

/** All times of an event that is too old or too new are moved so that it happened just now. */
const outOfRange = (
  seconds: number,
  { nowSeconds, shiftSeconds }: Moment,
): ReadonlyArray<Verdict.Cut> => {
  const age = nowSeconds - (seconds + shiftSeconds)
  return age > RETENTION_SECONDS || age < -MAX_SECONDS_FUTURE
    ? [Verdict.cut('timestamp', 'shifted', Math.round(Math.abs(age)))]
    : Verdict.NONE
}

const exceptionCuts = (path: string, exception: unknown): ReadonlyArray<Verdict.Cut> => {
  if (!isNotEmpty(exception, 'type') && !isNotEmpty(exception, 'value')) {
    return [Verdict.cut(path, 'discarded')]
  }
  const mechanism = Fields.field(exception, 'mechanism')
  return [
    ...Verdict.tooLong(`${path}.type`, Fields.field(exception, 'type'), 256, 20),
    ...Verdict.tooLong(`${path}.value`, Fields.field(exception, 'value'), 8192, 200),
    ...Verdict.tooLong(`${path}.module`, Fields.field(exception, 'module'), 256, 20),
    ...Verdict.unless(
      Fields.isAbsent(mechanism) || isNotEmpty(mechanism, 'type'),
      `${path}.mechanism`,
      'invalid',
    ),
    ...frameCuts(
      `${path}.stacktrace.frames`,
      Fields.field(Fields.field(exception, 'stacktrace'), 'frames'),
    ),
  ]
}

const MAX_FRAMES = 250

/** Of more frames than this only the outer and the inner ones keep their source lines and variables. */
const MAX_RICH_FRAMES = 50

const frameCuts = (path: string, frames: unknown): ReadonlyArray<Verdict.Cut> => {
  const all = Fields.entriesOf(frames)
  // The last frame threw the exception: the outermost frames are left out.
  const kept = all.slice(-MAX_FRAMES)
  const middle = kept.slice(MAX_RICH_FRAMES / 2, Math.max(0, kept.length - MAX_RICH_FRAMES / 2))
  const stripped = middle.filter(([, frame]) =>
    RICH.some((key) => !Fields.isAbsent(Fields.field(frame, key))),
  )
  return [
    ...(all.length > kept.length
      ? [Verdict.cut(path, 'over-budget', all.length - kept.length)]
      : []),
    ...stripped.map(([index]) => Verdict.cut(`${path}.${index}`, 'over-budget')),
    ...kept.flatMap(([index, frame]) => [
      ...Verdict.unless(
        IDENTIFYING.some((key) => isNotEmpty(frame, key)),
        `${path}.${index}`,
        'discarded',
      ),
      ...SHORT.flatMap(([key, max]) =>
        Verdict.tooLong(`${path}.${index}.${key}`, Fields.field(frame, key), max),
      ),
      ...['lineno', 'colno'].flatMap((key) =>
        Verdict.unless(isPosition(Fields.field(frame, key)), `${path}.${index}.${key}`, 'invalid'),
      ),
    ]),
  ]
}

const RICH = ['context_line', 'pre_context', 'post_context', 'vars']

const IDENTIFYING = ['filename', 'function', 'instruction_addr']

const SHORT = [
  ['abs_path', 256],
  ['filename', 256],
  ['function', 512],
] as const

/** Lines and columns start at 1. */
const isPosition = (value: unknown): boolean =>
  Fields.isAbsent(value) || (typeof value === 'number' && Number.isInteger(value) && value >= 1)

const isNotEmpty = (value: unknown, key: string): boolean => {
  const text = Fields.field(value, key)
  return typeof text === 'string' && text !== ''
}
