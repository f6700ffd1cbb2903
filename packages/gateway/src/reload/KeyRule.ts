/**
 * When a change of a key of the configuration has effect. The rules of a record are a record with the same fields, so that a field
 * without a rule does not compile.
 */
import { collectorSpelling } from '@sentry-exporter/transport/ConfigOption'
import * as ConfigPath from '../config/ConfigPath.ts'

// model

/**
 * `applies`: to everything from then on, also to spans and envelopes that wait. `new data`: to what arrives from then on. `restart`:
 * the reload is refused.
 */
export type KeyEffect = 'applies' | 'new data' | 'restart'

/** A key whose value is compared as a whole. */
export interface KeyRule {
  /** As in a file: `tls`, `http::tls::ca_file`. Empty for a field that no file has, or that takes the key around it. */
  readonly key: string
  readonly effect: KeyEffect
  /** Of adding or removing the key, if it is another one. */
  readonly presence?: KeyEffect
  /** It contains a secret: it is compared and never shown. */
  readonly isSecret?: true
}

/** A record whose fields are compared one by one. The effect is that of adding or removing it. */
interface RecordRule<A> extends Pick<KeyRule, 'key' | 'effect'> {
  readonly parts: KeyRules<A>
}

export type KeyRules<A> = {
  readonly [K in keyof Required<A>]: KeyRule | RecordRule<NonNullable<A[K]>>
}

/** A value of a configuration at its path. */
export interface KeyedValue {
  readonly path: ConfigPath.ConfigPath
  readonly effect: KeyEffect
  readonly isSecret: boolean
  readonly value: unknown
}

// constructors

export const applies = (key: string): KeyRule => ({ key, effect: 'applies' })

export const newData = (key: string): KeyRule => ({ key, effect: 'new data' })

export const restart = (key: string): KeyRule => ({ key, effect: 'restart' })

export const secret = (rule: KeyRule): KeyRule => ({ ...rule, isSecret: true })

/** `presence` is for a record that may be left out. */
export const record = <A>(
  key: string,
  parts: KeyRules<A>,
  presence: KeyEffect = 'restart',
): RecordRule<A> => ({ key, effect: presence, parts })

/** A function, which no file has. */
export const noKey: KeyRule = { key: '', effect: 'applies' }

/** The rules of options that have the same effect, in the spelling of the Collector. */
export const spelled = <K extends string>(
  effect: KeyEffect,
  ...names: ReadonlyArray<K>
): { readonly [N in K]: KeyRule } =>
  // Each name has its rule.
  Object.fromEntries(names.map((name) => [name, { key: collectorSpelling(name), effect }])) as {
    readonly [N in K]: KeyRule
  }

// folds

/** All values of a record, each at its path. Values that are not there are left out. */
export const valuesOf = <A>(
  rules: KeyRules<A>,
  value: A,
  path: ConfigPath.ConfigPath,
): ReadonlyArray<KeyedValue> =>
  namesOf(rules).flatMap((name) => {
    const field = value[name]
    if (field === undefined || field === null) return []
    const rule = rules[name]
    const { effect, key } = rule
    const at = pathOf(path, key)
    if ('parts' in rule) {
      const own = { path: at, effect, isSecret: false, value: true }
      return [...(key === '' ? [] : [own]), ...valuesOf(rule.parts, field, at)]
    }
    const { presence, isSecret = false } = rule
    const given = { path: at, effect, isSecret, value: field }
    return presence === undefined
      ? [given]
      : [{ path: at, effect: presence, isSecret: false, value: true }, given]
  })

/** Every key with its rule. */
export const rulesIn = <A>(
  rules: KeyRules<A>,
  path: ConfigPath.ConfigPath,
): ReadonlyArray<readonly [path: ConfigPath.ConfigPath, rule: KeyRule]> =>
  namesOf(rules).flatMap((name) => {
    const rule = rules[name]
    const { effect, key } = rule
    const at = pathOf(path, key)
    const own = key === '' ? [] : [[at, 'parts' in rule ? { key, effect } : rule] as const]
    return 'parts' in rule ? [...own, ...rulesIn(rule.parts, at)] : own
  })

const pathOf = (around: ConfigPath.ConfigPath, key: string): ConfigPath.ConfigPath =>
  key === '' ? around : ConfigPath.at(around, key)

const namesOf = <A>(rules: KeyRules<A>): ReadonlyArray<keyof A> =>
  Object.keys(rules).filter((name): name is keyof A & string => name in rules)
