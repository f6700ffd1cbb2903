/** The options of `Config` for what is sent: which exceptions become errors and how they are grouped, transactions, logs. */
import * as ErrorRules from '@sentry-exporter/core/ErrorRules'
import { boolean, callback, type Get, named } from '@sentry-exporter/transport/ConfigOption'
import * as G from '#io-ts/Guard'

// model

export interface ErrorsConfig {
  readonly rules: ErrorRules.ErrorRules
  /** Whether transactions are sent too, or only errors. */
  readonly transactions: boolean
  /** Whether log records are sent as logs. */
  readonly logs: boolean
}

/** The options as users write them. */
export interface ErrorsInput {
  /** Which exceptions become errors: those that `failed` their span (the default), `all`, the `unhandled`, `none`. */
  readonly errors?: ErrorRules.ErrorRules['errors'] | undefined
  /** Replaces `ErrorRules.CONTROL_FLOW`: a text is a whole type or message, an expression matches a part of either. */
  readonly ignoreErrors?: ErrorRules.ErrorRules['ignoreErrors'] | undefined
  /** Whether a span with status ERROR becomes an error, if neither it nor a descendant recorded an exception. */
  readonly errorsFromStatus?: boolean | undefined
  /** The parts by which Sentry groups an error; `undefined` leaves the grouping to Sentry. */
  readonly fingerprint?: ErrorRules.ErrorRules['fingerprint'] | undefined
  /** `false` sends only errors. */
  readonly transactions?: boolean | undefined
  /** Whether log records are sent as logs; true if left out. Their exceptions become errors in both cases. */
  readonly logs?: boolean | undefined
}

// decoding

export const decode = (get: Get, parsers: ErrorRules.ErrorRules['parsers']): ErrorsConfig => ({
  rules: {
    errors: get(options.errors) ?? ErrorRules.defaults.errors,
    ignoreErrors: get(options.ignoreErrors) ?? ErrorRules.defaults.ignoreErrors,
    errorsFromStatus: get(options.errorsFromStatus) ?? ErrorRules.defaults.errorsFromStatus,
    fingerprint: get(options.fingerprint) ?? ErrorRules.defaults.fingerprint,
    parsers,
  },
  transactions: get(options.transactions) ?? true,
  logs: get(options.logs) ?? true,
})

type Choice = ErrorRules.ErrorRules['errors']

const choice: G.Guard<unknown, Choice> = G.literal('failed', 'all', 'unhandled', 'none')

const expression: G.Guard<unknown, RegExp> = {
  is: (value): value is RegExp => value instanceof RegExp,
}

const options = named({
  errors: { guard: choice, expected: '"failed", "all", "unhandled" or "none"' },
  ignoreErrors: {
    guard: G.array(G.union(G.string, expression)),
    expected: 'a list of strings and regular expressions',
  },
  errorsFromStatus: boolean,
  fingerprint: callback<ErrorRules.ErrorRules['fingerprint']>(),
  transactions: boolean,
  logs: boolean,
})

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.keys(options)
