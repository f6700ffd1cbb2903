/**
 * The fields that transactions and errors have in common. Source: `relay-event-schema/src/protocol/event.rs`,
 * `relay-event-normalization/src/event.rs` of getsentry/relay.
 */
import * as Fields from './Fields.ts'
import * as RequestFields from './RequestFields.ts'
import type { Sizes } from './Sizes.ts'
import * as Tags from './Tags.ts'
import * as Timestamp from './Timestamp.ts'
import * as Verdict from './Verdict.ts'

// folds

/** The fields that Sentry changes or removes. */
export const cuts = (event: Fields.Fields, sizes: Sizes): ReadonlyArray<Verdict.Cut> => [
  ...text(event, 'release', isRelease),
  ...text(event, 'environment', isEnvironment),
  ...text(event, 'dist', (dist) => /^[a-zA-Z0-9_.-]{1,64}$/.test(dist)),
  ...text(event, 'logger', (logger) => logger.length <= 64 && !/[\r\n]/.test(logger)),
  ...text(event, 'level', (level) => LEVELS.has(level)),
  ...serverName(event['server_name']),
  ...measurements(event['measurements']),
  ...RequestFields.cuts(event['request']),
  ...user(event['user']),
  ...Verdict.tooLong('transaction', event['transaction'], 200),
  ...(typeof event['platform'] === 'string' && !PLATFORMS.has(event['platform'])
    ? [Verdict.cut('platform', 'patched')]
    : []),
  ...Tags.cuts(event['tags']),
  ...contexts(event['contexts'], sizes.contextBytes),
  ...extra(event['extra']),
  ...breadcrumbs(event['breadcrumbs']),
]

const text = (
  event: Fields.Fields,
  key: string,
  isTaken: (value: string) => boolean,
): ReadonlyArray<Verdict.Cut> => {
  const value = event[key]
  return Verdict.unless(
    Fields.isAbsent(value) || (typeof value === 'string' && isTaken(value)),
    key,
    'invalid',
  )
}

/** It becomes a tag as well, and is lost as one if it is too long for that. */
const serverName = (name: unknown): ReadonlyArray<Verdict.Cut> => {
  const cuts = Verdict.tooLong('server_name', name, 256, 20)
  return cuts.length > 0 ? cuts : Verdict.tooLong('tags.server_name', name, 200)
}

const utf8Bytes = (text: string): number => new TextEncoder().encode(text).length

/** `sentry-release-parser`: lengths are in bytes. */
const isRelease = (release: string): boolean =>
  utf8Bytes(release) <= 200 &&
  !/[\r\n\t\f\v/\\]/.test(release) &&
  !/^(?:\.{0,2}|latest)$/i.test(release.trim())

const isEnvironment = (environment: string): boolean =>
  utf8Bytes(environment) <= 64 &&
  environment.trim() === environment &&
  !/[\r\n\f/]/.test(environment) &&
  !/^(?:\.{0,2}|none)$/i.test(environment)

const MAX_CUSTOM_MEASUREMENTS = 10

const KNOWN_MEASUREMENTS: ReadonlySet<string> = new Set(
  'app_start_cold app_start_warm cls connection.rtt fcp fid fp frames_frozen frames_frozen_rate frames_slow frames_slow_rate frames_total inp lcp stall_count stall_longest_time stall_percentage stall_total_time time_to_full_display time_to_initial_display ttfb ttfb.requesttime'.split(
    ' ',
  ),
)

const measurements = (value: unknown): ReadonlyArray<Verdict.Cut> => {
  if (!Fields.isFields(value)) return Verdict.NONE
  const names = Object.keys(value)
  const custom = names.filter((name) => !KNOWN_MEASUREMENTS.has(name))
  return [
    ...(custom.length > MAX_CUSTOM_MEASUREMENTS
      ? [Verdict.cut('measurements', 'over-budget', custom.length - MAX_CUSTOM_MEASUREMENTS)]
      : []),
    ...names.flatMap((name) =>
      Verdict.unless(
        /^[a-zA-Z][a-zA-Z0-9_.]*$/.test(name) &&
          name.length + String(Fields.field(value[name], 'unit') ?? '').length <= 171,
        `measurements.${name}`,
        'invalid',
      ),
    ),
  ]
}

const user = (value: unknown): ReadonlyArray<Verdict.Cut> => [
  ...Verdict.tooLong('user.id', Fields.field(value, 'id'), 128),
  ...Verdict.tooLong('user.email', Fields.field(value, 'email'), 75),
  ...Verdict.tooLong('user.username', Fields.field(value, 'username'), 128),
]

const LEVELS: ReadonlySet<string> = new Set([
  'critical',
  'debug',
  'error',
  'fatal',
  'info',
  'log',
  'warning',
])

const PLATFORMS: ReadonlySet<string> = new Set(
  'as3 c cfml cocoa csharp elixir go groovy haskell java javascript native node objc other perl php python ruby'.split(
    ' ',
  ),
)

const contexts = (value: unknown, maxBytes: number): ReadonlyArray<Verdict.Cut> =>
  Fields.isFields(value)
    ? Object.entries(value).flatMap(([name, context]) =>
        name === 'trace'
          ? traceContext(context, maxBytes)
          : overBudget(`contexts.${name}`, context, maxBytes - typeBytes(context, name)),
      )
    : Verdict.NONE

/** The server adds the name of a context to it, as its `type`. */
const typeBytes = (context: unknown, name: string): number =>
  Fields.isFields(context) && context['type'] === undefined ? `"type":"${name}",`.length : 0

/**
 * Of a trace context the server counts the values without the names of the fields, and does not count the data, since release
 * 26.4. It cuts the last links.
 */
const traceContext = (context: unknown, maxBytes: number): ReadonlyArray<Verdict.Cut> => {
  if (!Fields.isFields(context)) return Verdict.NONE
  const { data: _data, ...counted } = context
  const bytes = valueBytes({ type: 'trace', exclusive_time: 1_000_000.123456, ...counted })
  return bytes > maxBytes
    ? [Verdict.cut('contexts.trace', 'over-budget', bytes - maxBytes)]
    : Verdict.NONE
}

/** Measured: of links with two ids a root keeps 137. */
const CONTAINER_BYTES = 5

const valueBytes = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, one) => sum + valueBytes(one), CONTAINER_BYTES)
    : Fields.bytesOf(value) + 1

const MAX_EXTRA_BYTES = 256 * 1024

const MAX_EXTRA_VALUE_BYTES = 16 * 1024

const extra = (value: unknown): ReadonlyArray<Verdict.Cut> =>
  Fields.isFields(value)
    ? [
        ...overBudget('extra', value, MAX_EXTRA_BYTES),
        ...tooDeep('extra', value, 7),
        ...Object.entries(value).flatMap(([key, one]) =>
          overBudget(`extra.${key}`, one, MAX_EXTRA_VALUE_BYTES),
        ),
      ]
    : Verdict.NONE

const overBudget = (path: string, value: unknown, maxBytes: number): ReadonlyArray<Verdict.Cut> => {
  const bytes = Fields.bytesOf(value)
  return bytes > maxBytes ? [Verdict.cut(path, 'over-budget', bytes - maxBytes)] : Verdict.NONE
}

const breadcrumbs = (value: unknown): ReadonlyArray<Verdict.Cut> =>
  Fields.entriesOf(Fields.field(value, 'values') ?? value).flatMap(([index, crumb]) =>
    breadcrumb(`breadcrumbs.${index}`, crumb),
  )

const breadcrumb = (path: string, crumb: unknown): ReadonlyArray<Verdict.Cut> => [
  ...Verdict.unless(
    Timestamp.read(Fields.field(crumb, 'timestamp'))._tag !== 'Negative',
    path,
    'discarded',
  ),
  ...Verdict.tooLong(`${path}.type`, Fields.field(crumb, 'type'), 128),
  ...Verdict.tooLong(`${path}.category`, Fields.field(crumb, 'category'), 128),
  ...Verdict.tooLong(`${path}.message`, Fields.field(crumb, 'message'), 8192, 200),
  ...overBudget(`${path}.data`, Fields.field(crumb, 'data') ?? {}, 2048),
  ...tooDeep(`${path}.data`, Fields.field(crumb, 'data'), 5),
]

/** Values below the level are cut to text. */
const tooDeep = (path: string, value: unknown, levels: number): ReadonlyArray<Verdict.Cut> =>
  Fields.levelsOf(value) > levels ? [Verdict.cut(path, 'over-budget')] : Verdict.NONE
