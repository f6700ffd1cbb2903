/** Which exceptions become errors, and how they are grouped: the part of `Config` that says so. */
import { defaultErrorRules } from '@sentry-exporter/core/defaultErrorRules'
import * as ErrorRules from '@sentry-exporter/core/ErrorRules'
import * as G from '#io-ts/Guard'
import { boolean, callback, type Get } from './ConfigOption.ts'

// model

export interface ErrorsConfig {
  readonly rules: ErrorRules.ErrorRules
  /** Whether transactions are sent, or errors alone. */
  readonly transactions: boolean
}

/** As people write it. */
export interface ErrorsInput {
  /** Which exceptions become errors: those that `failed` their span (the default), `all`, the `unhandled`, `none`. */
  readonly errors?: ErrorRules.ErrorRules['errors']
  /** In place of `ErrorRules.CONTROL_FLOW`: whole types or messages, and expressions that are found in either. */
  readonly ignoreErrors?: ErrorRules.ErrorRules['ignoreErrors']
  /** Whether a span with status ERROR, below which no exception was recorded, is an error too. */
  readonly errorsFromStatus?: boolean
  /** How Sentry shall group an error; `undefined` leaves it to Sentry. */
  readonly fingerprint?: ErrorRules.ErrorRules['fingerprint']
  /** `false` sends errors alone. */
  readonly transactions?: boolean
}

// decoding

export const decode = (get: Get): ErrorsConfig => ({
  rules: {
    errors: get(options.errors) ?? ErrorRules.defaults.errors,
    ignoreErrors: get(options.ignoreErrors) ?? ErrorRules.defaults.ignoreErrors,
    errorsFromStatus: get(options.errorsFromStatus) ?? ErrorRules.defaults.errorsFromStatus,
    fingerprint: get(options.fingerprint) ?? ErrorRules.defaults.fingerprint,
    parsers: defaultErrorRules.parsers,
  },
  transactions: get(options.transactions) ?? true,
})

type Choice = ErrorRules.ErrorRules['errors']

const choice: G.Guard<unknown, Choice> = G.literal('failed', 'all', 'unhandled', 'none')

const expression: G.Guard<unknown, RegExp> = {
  is: (value): value is RegExp => value instanceof RegExp,
}

const options = {
  errors: { key: 'errors', guard: choice, expected: '"failed", "all", "unhandled" or "none"' },
  ignoreErrors: {
    key: 'ignoreErrors',
    guard: G.array(G.union(G.string, expression)),
    expected: 'a list of texts and regular expressions',
  },
  errorsFromStatus: boolean('errorsFromStatus'),
  fingerprint: callback<ErrorRules.ErrorRules['fingerprint']>('fingerprint'),
  transactions: boolean('transactions'),
} as const

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.values(options).map(({ key }) => key)
