/**
 * The losses that a client reports. Source: `relay-server/src/processing/client_reports/process.rs` of getsentry/relay;
 * `develop-docs/sdk/telemetry/client-reports.mdx` of getsentry/sentry-docs.
 */
import * as E from '#fp-ts/Either'
import * as Fields from './Fields.ts'
import type { Moment } from './Moment.ts'
import * as Timestamp from './Timestamp.ts'
import * as Verdict from './Verdict.ts'

// folds

export const judge = (
  report: Fields.Fields,
  { nowSeconds, shiftSeconds }: Moment,
): E.Either<Verdict.DropReason, ReadonlyArray<Verdict.Cut>> => {
  const time = Timestamp.read(report['timestamp'])
  if (time._tag === 'Negative') return E.left('negative-timestamp')
  if (time._tag === 'At') {
    const age = nowSeconds - (time.seconds + shiftSeconds)
    if (age > RETENTION_SECONDS || age < -MAX_SECONDS_FUTURE) return E.left('timestamp-range')
  }
  return E.right([
    ...Fields.entriesOf(report['discarded_events']).flatMap(([index, entry]) =>
      Verdict.unless(isEntry(entry), `discarded_events.${index}`, 'discarded'),
    ),
    // Only a relay may report these.
    ...FOR_RELAYS.flatMap((key) => Verdict.unless(Fields.isAbsent(report[key]), key, 'discarded')),
  ])
}

const RETENTION_SECONDS = 90 * 24 * 60 * 60

const MAX_SECONDS_FUTURE = 60

const FOR_RELAYS = ['filtered_events', 'filtered_sampling_events', 'rate_limited_events']

const isEntry = (entry: unknown): boolean => {
  const [reason, category, quantity] = ['reason', 'category', 'quantity'].map((key) =>
    Fields.field(entry, key),
  )
  return (
    typeof reason === 'string' &&
    reason.length <= 200 &&
    typeof category === 'string' &&
    CATEGORIES.has(category) &&
    typeof quantity === 'number' &&
    Number.isInteger(quantity) &&
    quantity >= 0
  )
}

const CATEGORIES: ReadonlySet<string> = new Set([
  'attachment',
  'attachment_item',
  'default',
  'error',
  'feedback',
  'internal',
  'log_byte',
  'log_item',
  'metric_bucket',
  'monitor',
  'profile',
  'profile_chunk',
  'profile_chunk_ui',
  'replay',
  'security',
  'session',
  'span',
  'trace_metric',
  'trace_metric_byte',
  'transaction',
])
