/**
 * The options of `Config` of the package `exporter`, in the spelling of the Collector. The keys are derived from `Config.KEYS`
 * and the values are decoded by `Config.decode`, so that each option of the exporter is one of the gateway.
 */
import * as Config from '@sentry-exporter/exporter/Config'
import type * as ConfigError from '@sentry-exporter/exporter/ConfigError'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import * as E from '#fp-ts/Either'
import * as TH from '#fp-ts/These'
import { type ConfigNode, lookup, toPlain } from '../ConfigNode.ts'
import * as ConfigPath from '../ConfigPath.ts'
import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, type Given, isAbsent, succeed } from '../codec/Codec.ts'
import { field } from '../codec/collections.ts'
import { describeInvalid, describeNode } from '../codec/describeNode.ts'

// model

/** A decoded configuration without its DSN: `{ ...options, dsn }` is one of `Exporter`. */
export type ExporterOptions = Omit<Config.Config, 'dsn'>

// constructors

/** Takes the place of the DSN, which has a codec of its own. */
const PLACEHOLDER_DSN = 'https://key@localhost/1'

const problemsOf = (
  input: Readonly<Record<string, unknown>>,
): ReadonlyArray<ConfigError.Problem> => {
  const decoded = Config.decode({ dsn: PLACEHOLDER_DSN, ...input })
  return E.isLeft(decoded) ? decoded.left.problems : []
}

/** Whether an option is a function of JavaScript, which a file cannot have: no number is a value of it. */
const isFunction = (key: string): boolean =>
  problemsOf({ [key]: -1 }).some(
    (problem) => problem._tag === 'BadValue' && problem.expected.startsWith('a function'),
  )

/** Hooks and other functions, in JavaScript's spelling. */
export const FUNCTIONS: ReadonlyArray<string> = Config.KEYS.filter(isFunction)

/** All options that a file can have, in JavaScript's spelling, without the DSN. */
export const OPTIONS: ReadonlyArray<string> = Config.KEYS.filter(
  (key) => key !== 'dsn' && !FUNCTIONS.includes(key),
)

/**
 * Options that have other defaults here than in a program. Receivers refuse requests while the queue is full, so that envelopes
 * can be kept and tried for as long as Sentry is usually down.
 */
export const GATEWAY_DEFAULTS = {
  assembly: 'gateway',
  overflow: 'block',
  retryForMillis: 3_600_000,
  maxAttempts: 1_000,
} as const

const spelling = ConfigOption.collectorSpelling

/** Messages for keys that are known and not accepted. */
export const optionHints: Readonly<Record<string, string>> = Object.fromEntries([
  ...FUNCTIONS.flatMap((key) =>
    [key, spelling(key)].map((name) => [
      name,
      'it is a function of JavaScript: use the package @sentry-exporter/exporter for it',
    ]),
  ),
  ...OPTIONS.filter((key) => spelling(key) !== key).map((key) => [key, `write ${spelling(key)}`]),
])

// decoding

/** A field that is only known: `exporterOptions` decodes it together with the others. */
const known: Codec<undefined> = { decode: () => succeed(undefined) }

/** The fields of the options, for the map that has further ones. */
export const optionFields: Readonly<Record<string, Codec<undefined>>> = Object.fromEntries(
  OPTIONS.map((key) => [spelling(key), known]),
)

/** The options in the map of an exporter; other keys are ignored here. */
export const exporterOptions: Codec<ExporterOptions> = {
  decode: (given) => {
    const decoded = decodeWith(given, [])
    if (E.isRight(decoded)) return succeed(decoded.right)
    // An expanded value is what YAML makes of it, unless the option needs a text: `release: ${env:RELEASE}` with 1.10.
    const retried = decodeWith(
      given,
      decoded.left.problems.map((problem) => nameOf(problem)),
    )
    return E.isRight(retried)
      ? succeed(retried.right)
      : TH.left(problemsIn(given, retried.left.problems))
  },
}

const problemsIn = (
  given: Given,
  problems: ReadonlyArray<ConfigError.Problem>,
): ConfigProblem.ConfigProblems => {
  const expressions = badExpressions(given)
  return [
    ...expressions,
    ...problems
      .filter((problem) => expressions.length === 0 || nameOf(problem) !== 'ignoreErrors')
      .map((problem) => toProblem(given, problem)),
  ]
}

/** `texts` are the options whose expanded values are texts. */
const decodeWith = (
  given: Given,
  texts: ReadonlyArray<string>,
): E.Either<ConfigError.ConfigError, Config.Config> =>
  Config.decode({
    ...GATEWAY_DEFAULTS,
    dsn: PLACEHOLDER_DSN,
    ...Object.fromEntries(
      OPTIONS.map((key) => [key, field(given, spelling(key))] as const)
        .filter(([, value]) => !isAbsent(value))
        .map(([key, { node }]) => [
          key,
          node === undefined ? undefined : optionValue(key, toPlain(node, texts.includes(key))),
        ]),
    ),
  })

const EXPRESSION = /^\/(.+)\/([a-z]*)$/s

/** `/timeout/i` in the list of ignored errors is a regular expression, as in JavaScript. */
const optionValue = (key: string, value: unknown): unknown =>
  key === 'ignoreErrors' && Array.isArray(value) ? value.map(toExpression) : value

const toExpression = (value: unknown): unknown => {
  const [, pattern, flags = ''] = typeof value === 'string' ? (EXPRESSION.exec(value) ?? []) : []
  if (pattern === undefined) return value
  try {
    return new RegExp(pattern, flags)
  } catch {
    return undefined
  }
}

const badExpressions = (given: Given): ConfigProblem.ConfigProblems => {
  const { node, path } = field(given, 'ignore_errors')
  if (node?._tag !== 'List') return []
  return node.items.flatMap((item, index) =>
    toExpression(toPlain(item, true)) === undefined
      ? [
          ConfigProblem.error(
            { place: item.place, path: ConfigPath.item(path, index) },
            {
              _tag: 'BadValue',
              expected: 'a text, or a regular expression of JavaScript between slashes',
              found: describeNode(item),
            },
          ),
        ]
      : [],
  )
}

// encoding

/** The option of a problem, `routes` of `routes[1].dsn`. */
const nameOf = (problem: ConfigError.Problem): string =>
  'key' in problem ? problem.key.replace(/[^A-Za-z0-9].*$/s, '') : ''

const toProblem = (given: Given, problem: ConfigError.Problem): ConfigProblem.ConfigProblem => {
  const name = nameOf(problem)
  const at = field(given, spelling(name))
  const rest = 'key' in problem ? spelling(problem.key.slice(name.length)) : ''
  const node = descend(at.node, rest)
  const location = {
    place: node?.place ?? at.place,
    path: `${at.path}${rest.replaceAll('.', '::')}`,
  }
  switch (problem._tag) {
    case 'BadDsn':
      return ConfigProblem.error(location, { _tag: 'BadDsn', error: problem.error })
    case 'BadValue':
      return ConfigProblem.error(location, {
        _tag: 'BadValue',
        expected: problem.expected,
        found:
          node === undefined || rest !== ''
            ? describeNode(node)
            : describeInvalid(node, (other) => problemsOf({ [name]: other }).length === 0),
      })
    case 'UnknownKey':
      return ConfigProblem.error(location, {
        _tag: 'UnknownKey',
        nearest: problem.nearest && spelling(problem.nearest),
        hint: undefined,
      })
    default:
      return ConfigProblem.error(location, {
        _tag: 'Missing',
        expected: 'a value',
        reference: node?.reference,
      })
  }
}

/** Follows `[1].dsn`. */
const descend = (node: ConfigNode | undefined, rest: string): ConfigNode | undefined =>
  [...rest.matchAll(/\[(\d+)\]|\.([^.[]+)/g)].reduce<ConfigNode | undefined>(
    (found, [, index, key]) => {
      if (key !== undefined) return lookup(found, [key])
      return found?._tag === 'List' ? found.items[Number(index)] : undefined
    },
    node,
  )
