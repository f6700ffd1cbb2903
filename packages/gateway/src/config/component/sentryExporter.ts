/**
 * The exporter `sentry` in three forms: that of the Collector up to 0.144 (`dsn`, `environment`, `insecure_skip_verify`), that of
 * 0.145 and later (`url`, `org_slug`, `auth_token`), and every option of this project.
 */
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { Range } from '@sentry-exporter/transport'
import * as E from '#fp-ts/Either'
import * as ConfigPath from '../ConfigPath.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import {
  type Codec,
  checked,
  type Decoded,
  fail,
  type Given,
  instance,
  isAbsent,
  type Located,
  mapWith,
  optional,
  succeed,
  withProblems,
} from '../codec/Codec.ts'
import { field, openStruct, struct } from '../codec/collections.ts'
import { duration, secret } from '../codec/scalars.ts'
import {
  type ExporterOptions,
  exporterOptions,
  optionFields,
  optionHints,
} from './exporterOptions.ts'
import { type HttpClientSettings, httpClient } from './httpClient.ts'
import { type Organization, organizationFields, toOrganization } from './organization.ts'
import { retryOnFailure, sendingQueue } from './retryAndQueue.ts'

// model

export type ExporterAddress =
  | { readonly _tag: 'Dsn'; readonly dsn: Dsn.Dsn }
  | {
      readonly _tag: 'Organization'
      readonly organization: Organization
      /** The default project. */
      readonly dsn: Dsn.Dsn | undefined
    }

export interface SentryExporterSettings {
  readonly address: ExporterAddress
  readonly options: ExporterOptions
  readonly http: HttpClientSettings
}

// decoding

/** `fallbackDsn` is the address of exporters without one, with its own place. */
export const sentryExporter = (
  fallbackDsn: Located<string> | undefined,
): Codec<SentryExporterSettings> => ({
  decode: (given) => {
    const blocks = blockFields.decode(given)
    if (given.node?._tag !== 'Map' && !isAbsent(given)) {
      return instance.chain(blocks, () => fail(given, NO_ADDRESS))
    }
    const settings = instance.ap(
      instance.ap(
        instance.map(
          blocks,
          (read) => (address: ExporterAddress) => (options: ExporterOptions) => ({
            address,
            options: withBlocks(options, read),
            http: withVerification(read.http, options),
          }),
        ),
        addressOf(given, fallbackDsn).decode(given),
      ),
      exporterOptions.decode(given),
    )
    return instance.chain(settings, (read) => withProblems(routeProblems(read, given), read))
  },
})

/** Routes to projects by their slugs need an organization. */
const routeProblems = (
  { address, options }: SentryExporterSettings,
  given: Given,
): ConfigProblem.ConfigProblems => {
  if (address._tag === 'Organization') return []
  const routes = field(given, 'routes')
  return options.routes.flatMap(({ to }, index) => {
    if (to?._tag !== 'Project') return []
    const node = routes.node?._tag === 'List' ? routes.node.items[index] : undefined
    const path = ConfigPath.item(routes.path, index)
    const at = field({ node, path, place: node?.place ?? routes.place }, 'project')
    return [ConfigProblem.error(at, { _tag: 'Conflict', message: NO_ORGANIZATION })]
  })
}

const NO_ORGANIZATION =
  'projects are looked up for an organization (url, org_slug, auth_token); write the dsn of the project here'

const known: Codec<undefined> = { decode: () => succeed(undefined) }

/** Keys that exclude each other: each sets the same thing. */
const SYNONYMS: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ['timeout_millis', ['timeout']],
  ['timeout_millis', ['http', 'timeout']],
  ['retry_for_millis', ['retry_on_failure', 'max_elapsed_time']],
  ['concurrency', ['sending_queue', 'num_consumers']],
  ['max_queue_items', ['sending_queue', 'queue_size']],
  ['max_queue_bytes', ['sending_queue', 'queue_size']],
]

const conflicts = (given: Given): ConfigProblem.ConfigProblems =>
  SYNONYMS.filter(
    ([option, keys]) => !isAbsent(field(given, option)) && !isAbsent(keys.reduce(field, given)),
  ).map(([option, keys]) =>
    ConfigProblem.error(field(given, option), {
      _tag: 'Conflict',
      message: `${option} and ${keys.join('::')} exclude each other`,
    }),
  )

/** The options and the address are decoded apart; here their keys are only known. */
const blockFields = checked(
  struct(
    {
      ...optionFields,
      ...Object.fromEntries(['dsn', ...Object.keys(organizationFields)].map((key) => [key, known])),
      timeout: optional(duration()),
      retry_on_failure: optional(retryOnFailure),
      sending_queue: optional(sendingQueue),
      http: httpClient,
    },
    optionHints,
  ),
  (_fields, given) => conflicts(given),
)

type Blocks = typeof blockFields extends Codec<infer A> ? A : never

const withBlocks = (options: ExporterOptions, blocks: Blocks): ExporterOptions => {
  const unchanged = (delivery: ExporterOptions['delivery']): ExporterOptions['delivery'] => delivery
  const retried = (blocks.retry_on_failure ?? unchanged)(options.delivery)
  const queued = (blocks.sending_queue ?? unchanged)(retried)
  return {
    ...options,
    insecureSkipVerify: options.insecureSkipVerify || blocks.http.insecureSkipVerify,
    delivery: {
      ...queued,
      timeoutMillis: shortest([blocks.timeout, blocks.http.timeoutMillis], queued.timeoutMillis),
    },
  }
}

/** Zero is no limit. */
const shortest = (given: ReadonlyArray<number | undefined>, fallback: number): number => {
  const limits = given.filter((limit) => limit !== undefined)
  return limits.length === 0
    ? fallback
    : Math.min(...limits.map((limit) => (limit === 0 ? Range.timeLimit.max : limit)))
}

const withVerification = (
  http: HttpClientSettings,
  options: ExporterOptions,
): HttpClientSettings => ({
  ...http,
  insecureSkipVerify: http.insecureSkipVerify || options.insecureSkipVerify,
})

const ownDsn = secret('a DSN, as https://PUBLIC_KEY@HOST/PROJECT_ID')

const dsnOf = (fallback: Located<string> | undefined): Codec<Dsn.Dsn> => ({
  decode: (given) => {
    const isLeftOut = isAbsent(given) && given.node?.reference === undefined
    if (isLeftOut && fallback !== undefined) {
      return parseDsn(fallback.value, { ...given, place: fallback.location.place ?? given.place })
    }
    return instance.chain(ownDsn.decode(given), (text) => parseDsn(text, given))
  },
})

const BARE_VARIABLE = /^\$([A-Za-z_]\w*)$/

/** `docker run --env-file` keeps the quotes of a value, and so does a text in YAML with quotes inside of quotes. */
const IN_QUOTES = /^(["']).*\1$/

const QUOTED: ConfigProblem.Finding = {
  _tag: 'BadValue',
  expected: 'a DSN without quotes',
  found: 'quotes that are part of the value',
  nearest: undefined,
}

const parseDsn = (text: string, given: Given): Decoded<Dsn.Dsn> => {
  const [reference, variable] = BARE_VARIABLE.exec(text) ?? []
  if (reference !== undefined) {
    const reason = `not a reference; write \${env:${variable}}`
    return fail(given, { _tag: 'BadReference', reference, reason })
  }
  if (IN_QUOTES.test(text.trim())) return fail(given, QUOTED)
  const dsn = Dsn.parse(text)
  return E.isRight(dsn) ? succeed(dsn.right) : fail(given, { _tag: 'BadDsn', error: dsn.left })
}

const NO_ADDRESS: ConfigProblem.Finding = {
  _tag: 'Missing',
  expected: 'a map with the key dsn',
  reference: undefined,
}

const organization: Codec<ExporterAddress> = mapWith(
  openStruct({ ...organizationFields, dsn: optional(dsnOf(undefined)) }),
  ({ dsn, ...fields }) => ({
    _tag: 'Organization',
    organization: toOrganization(fields),
    dsn,
  }),
)

const addressOf = (given: Given, fallback: Located<string> | undefined): Codec<ExporterAddress> => {
  const isOrganization = Object.keys(organizationFields).some((key) => !isAbsent(field(given, key)))
  if (!isOrganization) {
    return mapWith(openStruct({ dsn: dsnOf(fallback) }), ({ dsn }) => ({ _tag: 'Dsn', dsn }))
  }
  return organization
}
