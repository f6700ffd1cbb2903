/** The options of `Config` for the mapping, privacy, sampling and hooks. */
import type { LogItem, MetricItem } from '@sentry-exporter/core'
import * as Environment from '@sentry-exporter/core/Environment'
import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import * as Hook from '@sentry-exporter/core/Hook'
import type * as Hooks from '@sentry-exporter/core/Hooks'
import type { Span } from '@sentry-exporter/core/Span'
import * as SpanFilter from '@sentry-exporter/core/SpanFilter'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import {
  boolean,
  type ConfigOption,
  type ConfigValue,
  callback,
  type Get,
  named,
  where,
} from '@sentry-exporter/transport/ConfigOption'
import * as O from '#fp-ts/Option'
import * as G from '#io-ts/Guard'

// model

export interface MappingConfig {
  readonly mapping: 'sentry' | 'collector'
  /** The template of the release; `undefined`: `{service.name}@{service.version}`. */
  readonly release: string | undefined
  /** The meaning of HTTP statuses 400 to 499 on spans without a status. */
  readonly status4xx: 'error' | 'ok'
  /** The rate at which traces were sampled before they arrived, unless their trace state has it. */
  readonly upstreamSampleRate: number | undefined
  readonly hooks: Hooks.Hooks
}

/** Options of the events that a route may have of its own. A key that is absent leaves the exporter's option. */
export interface EventOptions {
  readonly mapping?: MappingConfig['mapping'] | undefined
  readonly environment?: string | undefined
  readonly defaultEnvironment?: string | undefined
  readonly release?: string | undefined
  readonly status4xx?: MappingConfig['status4xx'] | undefined
}

/** The options as users write them. A hook that returns `null` or `undefined` drops its argument. */
export interface MappingInput {
  /** `sentry` (the default), or `collector`: like the OpenTelemetry Collector's exporter until version 0.144. */
  readonly mapping?: 'sentry' | 'collector' | undefined
  /** `{service.name}@{service.version}` if left out. Names in braces are attributes of the resource. */
  readonly release?: string | undefined
  /** `error` (the default): statuses 400 to 499 are failures. `ok`: only if the span has status ERROR. */
  readonly status4xx?: 'error' | 'ok' | undefined
  /** Send client addresses, cookies, headers, users, query parameters, AI messages and command lines. */
  readonly sendDefaultPii?: boolean | undefined
  /** Redact the values of keys that look like secrets; true if left out. */
  readonly scrub?: boolean | undefined
  /** Redact the values of further keys: those that contain one of these texts. */
  readonly scrubKeys?: ReadonlyArray<string> | undefined
  /** The fraction of traces that is kept, from 0 to 1. The decision is by trace, and the same in all services. */
  readonly sampleRate?: number | undefined
  readonly upstreamSampleRate?: number | undefined
  /** `drop`: drops CLIENT and PRODUCER root spans unless they failed. */
  readonly standaloneSpans?: 'keep' | 'drop' | undefined
  readonly beforeSendSpan?: ((span: Span) => Span | null | undefined) | undefined
  readonly beforeSendTransaction?:
    | ((head: Hooks.Head, spans: () => Transaction['spans']) => Hooks.Head | null | undefined)
    | undefined
  readonly beforeSendError?: ((error: ErrorEvent) => ErrorEvent | null | undefined) | undefined
  readonly beforeSendLog?:
    | ((log: LogItem.LogItem) => LogItem.LogItem | null | undefined)
    | undefined
  readonly beforeSendMetric?:
    | ((metric: MetricItem.MetricItem) => MetricItem.MetricItem | null | undefined)
    | undefined
}

// decoding

export const decode = (get: Get): MappingConfig => ({
  mapping: get(options.mapping) ?? 'sentry',
  release: get(options.release),
  status4xx: get(options.status4xx) ?? 'error',
  upstreamSampleRate: get(options.upstreamSampleRate),
  hooks: {
    span: Hook.getMonoid<Span>().concat(
      get(options.standaloneSpans) === 'drop' ? SpanFilter.dropStandalone : undefined,
      toHook(get(options.beforeSendSpan)),
    ),
    transaction: toHeadHook(get(options.beforeSendTransaction)),
    error: toHook(get(options.beforeSendError)),
    log: toHook(get(options.beforeSendLog)),
    metric: toHook(get(options.beforeSendMetric)),
    privacy: {
      sendDefaultPii: get(options.sendDefaultPii) ?? false,
      scrub: get(options.scrub) ?? true,
      scrubKeys: (get(options.scrubKeys) ?? []).map((key) => key.toLowerCase()),
    },
    sampleRate: get(options.sampleRate) ?? 1,
  },
})

/** The options that were given. */
export const decodeEventOptions = (get: Get): EventOptions => {
  const given = {
    mapping: get(options.mapping),
    environment: get(environments.environment),
    defaultEnvironment: get(environments.defaultEnvironment),
    release: get(options.release),
    status4xx: get(options.status4xx),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const toHook = <A>(
  hook: ((value: A) => A | null | undefined) | undefined,
): Hook.Hook<A> | undefined =>
  hook === undefined ? undefined : (value) => O.fromNullable(hook(value))

const toHeadHook = (hook: MappingInput['beforeSendTransaction']): Hooks.Hooks['transaction'] =>
  hook === undefined ? undefined : (head, spans) => O.fromNullable(hook(head, spans))

const oneOf = <A extends string>(first: A, second: A): ConfigValue<A> => ({
  guard: G.literal(first, second),
  expected: `"${first}" or "${second}"`,
})

const rate = (min: string, isRate: (number: number) => boolean): ConfigValue<number> => ({
  guard: where(G.number, isRate),
  expected: `a number from ${min} to 1`,
})

const template: G.Guard<unknown, string> = where(
  G.string,
  (text) => text.trim() !== '' && text.split('{').length === text.split('}').length,
)

const options = named({
  mapping: oneOf('sentry', 'collector'),
  release: {
    guard: template,
    expected: 'a text like "{service.name}@{service.version}"',
  },
  status4xx: oneOf('error', 'ok'),
  sendDefaultPii: boolean,
  scrub: boolean,
  scrubKeys: { guard: G.array(G.string), expected: 'a list of strings' },
  sampleRate: rate('0', (number) => number >= 0 && number <= 1),
  upstreamSampleRate: rate('above 0', (number) => number > 0 && number <= 1),
  standaloneSpans: oneOf('keep', 'drop'),
  beforeSendSpan: callback<NonNullable<MappingInput['beforeSendSpan']>>(),
  beforeSendTransaction: callback<NonNullable<MappingInput['beforeSendTransaction']>>(),
  beforeSendError: callback<NonNullable<MappingInput['beforeSendError']>>(),
  beforeSendLog: callback<NonNullable<MappingInput['beforeSendLog']>>(),
  beforeSendMetric: callback<NonNullable<MappingInput['beforeSendMetric']>>(),
})

const environmentName: ConfigValue<string> = {
  guard: where(G.string, (text) => Environment.repair(text) === text),
  expected: 'at most 64 characters without spaces and slashes, and not "none"',
}

/** The environments of an exporter or of a route. */
export const environments: {
  readonly environment: ConfigOption<string>
  readonly defaultEnvironment: ConfigOption<string>
} = named({
  environment: environmentName,
  defaultEnvironment: environmentName,
})

/** The keys of `EventOptions`. */
export const EVENT_KEYS: ReadonlyArray<string> = [
  options.mapping.key,
  ...Object.keys(environments),
  options.release.key,
  options.status4xx.key,
]

/** In JavaScript's spelling. */
export const KEYS: ReadonlyArray<string> = Object.keys(options)
