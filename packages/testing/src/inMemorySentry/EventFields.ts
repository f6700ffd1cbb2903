/**
 * The fields that transactions and errors have in common. Source: `relay-event-schema/src/protocol/event.rs`,
 * `relay-event-normalization/src/event.rs` of getsentry/relay.
 */
import * as Fields from './Fields.ts'
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
  ...Verdict.tooLong('server_name', event['server_name'], 256, 20),
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

const isRelease = (release: string): boolean =>
  release.length <= 200 && !/[\r\n\t\f\v/\\]/.test(release) && !/^\s*\.{0,2}\s*$/.test(release)

const isEnvironment = (environment: string): boolean =>
  environment.length <= 64 &&
  environment !== '' &&
  !/[\r\n\f/]/.test(environment) &&
  environment.toLowerCase() !== 'none'

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
    Verdict.unless(
      Timestamp.read(Fields.field(crumb, 'timestamp'))._tag !== 'Negative',
      `breadcrumbs.${index}`,
      'discarded',
    ),
  )
