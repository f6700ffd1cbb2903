/** The recorded scenarios: what is configured, what arrives, and how time passes. */
import * as Product from './product.ts'
import type { Habits } from './Traffic.ts'

// model

export interface Scenario {
  readonly name: string
  readonly seed: number
  readonly steps: number
  /** Milliseconds that may pass before a step. */
  readonly pauses: readonly [number, ...ReadonlyArray<number>]
  readonly habits: Habits
  readonly settings: Product.Settings
}

// constructors

const STEPS = 170

const QUICK = [0, 1, 9, 10, 31, 150] as const

const SLOW = [200, 1_000, 5_000, 7_000, 40_000] as const

const CALM: Habits = { spans: 12, hostility: 0.05 }

const SMALL: Product.Settings['limits'] = {
  settleMillis: 10,
  maxWaitMillis: 30,
  lateSettleMillis: 10,
  orphanWaitMillis: 100,
  maxOrphanWaitMillis: 200,
  errorWaitMillis: 50,
  lateWindowMillis: 1_000,
}

const of = (
  name: string,
  config: Product.Settings['config'],
  limits: Product.Settings['limits'] = {},
  rest: Partial<Pick<Scenario, 'pauses' | 'habits'>> = {},
): Omit<Scenario, 'seed'> => ({
  name,
  steps: STEPS,
  pauses: QUICK,
  habits: CALM,
  settings: { config, limits },
  ...rest,
})

export const all: ReadonlyArray<Scenario> = [
  of('defaults in process', {}),
  of('a gateway', { assembly: 'gateway', errors: 'all' }, {}, { pauses: SLOW }),
  of('few traces', { errors: 'all' }, { ...SMALL, maxTraces: 3, maxRememberedSpans: 30 }),
  of(
    'few bytes and spans, collector mapping',
    { mapping: 'collector' },
    { ...SMALL, maxPendingBytes: 40_000, maxSpansPerTrace: 8 },
  ),
  of(
    'small transactions',
    { errors: 'unhandled' },
    { ...SMALL, maxSpans: 5, maxSpanBytes: 6_000, maxHeadBytes: 3_000 },
  ),
  of(
    'spans dropped by a hook',
    {
      errors: 'all',
      standaloneSpans: 'drop',
      beforeSendSpan: (span) => {
        const n = Number(span.attributes['n'])
        if (n % 31 === 0) throw new Error('a hook that fails')
        return n % 7 === 0 ? null : n % 3 === 0 ? { ...span, name: `${span.name} (seen)` } : span
      },
    },
    SMALL,
  ),
  of(
    'transactions and errors changed by hooks',
    {
      errors: 'all',
      errorsFromStatus: true,
      fingerprint: ({ level }) => (level === 'error' ? ['{{ default }}', 'mine'] : undefined),
      beforeSendTransaction: (head, spans) =>
        spans().length % 5 === 4
          ? null
          : { ...head, transaction: `${head.transaction} with ${spans().length}` },
      beforeSendError: (error) => {
        if (error.exception.values.length > 1 && error.level === 'warning')
          throw new Error('a hook that fails')
        return error.exception.values.length > 1
          ? null
          : { ...error, tags: { ...error.tags, seen: 'yes' } }
      },
    },
    SMALL,
  ),
  of(
    'collector mapping in a gateway, fixed names',
    {
      mapping: 'collector',
      assembly: 'gateway',
      status4xx: 'ok',
      release: '{service.name}-{service.version}',
      environment: 'test',
      ignoreErrors: ['TypeError', /^bad/],
    },
    {},
    { pauses: SLOW },
  ),
  of(
    'sampled, with personal data',
    {
      sampleRate: 0.5,
      upstreamSampleRate: 0.25,
      sendDefaultPii: true,
      scrub: false,
      scrubKeys: ['tenant'],
      status4xx: 'ok',
      defaultEnvironment: 'unknown',
    },
    { ...SMALL, lateWindowMillis: 0 },
  ),
  of(
    'two projects, few errors in a minute',
    { errors: 'all', routes: [{ match: { 'service.name': 'orders' }, dsn: Product.OTHER_DSN }] },
    { ...SMALL, maxErrorsPerMinute: 2 },
  ),
  of('errors alone', { errors: 'all', transactions: false, ignoreErrors: [] }, SMALL),
  of(
    'hostile spans',
    { errors: 'all', errorsFromStatus: true },
    { ...SMALL, maxHeadBytes: 20_000, maxSpanBytes: 60_000 },
    { habits: { spans: 20, hostility: 0.5 } },
  ),
].map((scenario, index) => ({ ...scenario, seed: 20_261_128 + index }))
