/**
 * One option of a configuration: its key, the values that it may have, and their description. The options of an exporter and of
 * an `Http` are read in the same way: an unknown name is refused with the known one that it resembles.
 *
 * @example
 * ```ts
 * import { ConfigError, ConfigOption, Range } from '@sentry-exporter/transport'
 *
 * const OPTIONS = ConfigOption.named({ timeoutMillis: ConfigOption.whole(Range.timeLimit) })
 * const { get, problems } = ConfigOption.read({ timeout: 5 }, Object.keys(OPTIONS))
 * console.log(get(OPTIONS.timeoutMillis)) // undefined
 * console.log(ConfigError.show(ConfigError.of(problems))) // timeout: unknown, did you mean timeoutMillis?
 * ```
 */
import type * as ConfigError from './ConfigError.ts'
import { nearest } from './internal/nearest.ts'
import * as Range from './Range.ts'

// model

/** Whether a value is valid. Guards of io-ts have this form. */
export interface ValueGuard<A> {
  readonly is: (value: unknown) => value is A
}

/** The values that an option may have. */
export interface ConfigValue<A> {
  readonly guard: ValueGuard<A>
  /** Describes the valid values in a message: `a whole number from 1`. */
  readonly expected: string
}

export interface ConfigOption<A> extends ConfigValue<A> {
  /** In JavaScript's spelling: `maxSpans`. */
  readonly key: string
}

/** Reads the value of an option; `undefined` if it was not given, or is invalid and was added to the problems. */
export type Get = <A>(option: ConfigOption<A>) => A | undefined

export interface OptionReading {
  readonly get: Get
  /** The problems of the names, and those of the values that were read so far. */
  readonly problems: Array<ConfigError.Problem>
}

// constructors

/** Options whose keys are those of a record. */
export const named = <A extends Readonly<Record<string, ConfigValue<unknown>>>>(
  values: A,
): { readonly [K in keyof A]: A[K] & { readonly key: string } } =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { key, ...value }]),
    // The compiler does not relate the entries of a record to its keys.
  ) as { [K in keyof A]: A[K] & { key: string } }

/** A guard with a further condition. */
export const where = <A>(guard: ValueGuard<A>, isValid: (value: A) => boolean): ValueGuard<A> => ({
  is: (value): value is A => guard.is(value) && isValid(value),
})

const ofType = <A>(type: string): ValueGuard<A> => ({
  is: (value): value is A => typeof value === type,
})

export const string: ConfigValue<string> = { guard: ofType('string'), expected: 'a string' }

export const boolean: ConfigValue<boolean> = {
  guard: ofType('boolean'),
  expected: 'true or false',
}

/** A whole number of a range. */
export const whole = (range: Range.Range): ConfigValue<number> => ({
  guard: { is: Range.has(range) },
  expected: Range.show(range),
})

const isSize = Range.has({ min: 0, max: Number.MAX_SAFE_INTEGER })

/** The smallest size for which something is done; `Infinity` for never. */
export const bytesOrNever: ConfigValue<number> = {
  guard: { is: (value): value is number => isSize(value) || value === Number.POSITIVE_INFINITY },
  expected: 'a whole number from 0, or Infinity',
}

/** The parameters and the result of a function cannot be checked. */
export const callback = <A>(): ConfigValue<A> => ({
  guard: ofType('function'),
  expected: 'a function',
})

/** One of two or more words. */
export const oneOf = <A extends string>(...words: ReadonlyArray<A>): ConfigValue<A> => ({
  guard: { is: (value): value is A => words.some((word) => word === value) },
  expected: `${words
    .slice(0, -1)
    .map((word) => `"${word}"`)
    .join(', ')} or "${words.at(-1)}"`,
})

// decoding

/**
 * Reads the options with these names. Each may be spelled as in JavaScript (`maxSpans`) or as in the Collector (`max_spans`).
 * `undefined`, `null` and an empty text mean that an option was not given.
 */
export const read = (
  input: Readonly<Record<string, unknown>>,
  keys: ReadonlyArray<string>,
): OptionReading => {
  const problems: Array<ConfigError.Problem> = []
  // Getters and proxies of a caller may throw.
  try {
    problems.push(...keyProblems(input, keys))
  } catch {
    problems.push(unreadable('options'))
  }
  return {
    problems,
    get: ({ key, guard, expected }) => {
      try {
        const value = Object.hasOwn(input, key) ? input[key] : input[collectorSpelling(key)]
        if (value === undefined || value === null || value === '') return undefined
        if (guard.is(value)) return value
        problems.push({ _tag: 'BadValue', key, expected, got: showValue(value) })
      } catch {
        problems.push(unreadable(key))
      }
      return undefined
    },
  }
}

/** The problem of a value that throws when it is read. Its message is not shown, because it may have any content. */
export const unreadable = (key: string): ConfigError.Problem => ({
  _tag: 'BadValue',
  key,
  expected: 'plain data',
  got: 'a value that throws when it is read',
})

const keyProblems = (
  input: Readonly<Record<string, unknown>>,
  keys: ReadonlyArray<string>,
): ReadonlyArray<ConfigError.Problem> => {
  const known = new Set([...keys, ...keys.map(collectorSpelling)])
  const unknown = Object.keys(input).filter((key) => !known.has(key))
  const twice = keys.filter(
    (key) =>
      key !== collectorSpelling(key) &&
      Object.hasOwn(input, key) &&
      Object.hasOwn(input, collectorSpelling(key)),
  )
  return [
    ...unknown.map(
      (key): ConfigError.Problem => ({ _tag: 'UnknownKey', key, nearest: nearest(key, keys) }),
    ),
    ...twice.map(
      (key): ConfigError.Problem => ({ _tag: 'GivenTwice', key, other: collectorSpelling(key) }),
    ),
  ]
}

export const collectorSpelling = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

// encoding

/** A number or its like; else the type. `undefined` for a text, which may be a secret. */
export const showValue = (value: unknown): string | undefined => {
  switch (typeof value) {
    case 'string':
      return undefined
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value)
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? 'a list' : 'an object'
    default:
      return `a ${typeof value}`
  }
}
