/**
 * Carries traces between programs with Sentry's SDKs and programs with OpenTelemetry: the headers `sentry-trace` and `baggage`. Put it
 * beside the W3C propagators in a `CompositePropagator`; a context that another one extracted before wins. Source: `develop-docs/sdk/telemetry/traces/distributed-tracing.mdx`
 * and `dynamic-sampling-context.mdx` of getsentry/sentry-docs.
 *
 * @example
 * ```ts
 * import { defaultTextMapGetter, ROOT_CONTEXT, trace } from '@opentelemetry/api'
 * import { SentryPropagator } from '@sentry-exporter/opentelemetry'
 *
 * const propagator = new SentryPropagator()
 * const headers = { 'sentry-trace': `${'a'.repeat(32)}-${'b'.repeat(16)}-1` }
 * const context = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
 * console.log(trace.getSpanContext(context)?.spanId) // bbbbbbbbbbbbbbbb
 * ```
 */
import {
  type Context,
  createContextKey,
  isSpanContextValid,
  type SpanContext,
  type TextMapGetter,
  type TextMapPropagator,
  type TextMapSetter,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { isSuppressed } from './connection/suppressed.ts'
import * as Variables from './connection/Variables.ts'

// model

/** Values for the `baggage` of traces that begin here. */
export interface PropagatorOptions {
  /** Its public key is sent. Default: `SENTRY_DSN`. */
  readonly dsn?: string | undefined
  /** Default: `SENTRY_ENVIRONMENT`. */
  readonly environment?: string | undefined
  /** Default: `SENTRY_RELEASE`. */
  readonly release?: string | undefined
}

const SENTRY_TRACE = 'sentry-trace'

const BAGGAGE = 'baggage'

/** Of the members of `baggage`, only these are Sentry's. */
const PREFIX = 'sentry-'

/** W3C Baggage: a header may be longer, but need not be passed on. */
const MAX_BAGGAGE_CHARACTERS = 8_192

const TRACE = /^[ \t]*([0-9a-f]{32})-([0-9a-f]{16})(?:-([01]))?[ \t]*$/i

/** Sentry's members of the `baggage` that came in. They are passed on unchanged: they are decided where a trace begins. */
const MEMBERS = createContextKey('sentry-exporter: members of baggage')

export class SentryPropagator implements TextMapPropagator {
  readonly #own: ReadonlyArray<readonly [string, string]>

  constructor(options: PropagatorOptions = {}) {
    const variables = Variables.decode(Variables.ofProcess())
    const publicKey = publicKeyOf(options.dsn ?? variables.dsn)
    const { environment = variables.environment, release = variables.release } = options
    this.#own = Object.entries({ public_key: publicKey, environment, release }).flatMap(
      ([name, value]) =>
        value === undefined ? [] : [[`${PREFIX}${name}`, encodeURIComponent(value)] as const],
    )
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const span = trace.getSpanContext(context)
    if (span === undefined || !isSpanContextValid(span) || isSuppressed(context)) return
    const sampled = (span.traceFlags & TraceFlags.SAMPLED) === 0 ? '0' : '1'
    setter.set(carrier, SENTRY_TRACE, `${span.traceId}-${span.spanId}-${sampled}`)
    const present = textIn(carrier, BAGGAGE)
    const names = new Set(membersOf(present).map(([name]) => name))
    const added = (incoming(context) ?? this.#head(span, sampled)).filter(
      ([name]) => !names.has(name),
    )
    const header = [...(present === '' ? [] : [present]), ...added.map((one) => one.join('='))]
    if (added.length > 0) setter.set(carrier, BAGGAGE, header.join(','))
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const [, traceId, spanId, sampled] = TRACE.exec(headerOf(carrier, getter, SENTRY_TRACE)) ?? []
    if (traceId === undefined || spanId === undefined) return context
    const known = trace.getSpanContext(context)
    if (known !== undefined && isSpanContextValid(known)) return context
    const span: SpanContext = {
      traceId: traceId.toLowerCase(),
      spanId: spanId.toLowerCase(),
      // Without a decision Sentry leaves it to this program: the trace is kept.
      traceFlags: sampled === '0' ? TraceFlags.NONE : TraceFlags.SAMPLED,
      isRemote: true,
    }
    if (!isSpanContextValid(span)) return context
    const members = membersOf(headerOf(carrier, getter, BAGGAGE))
    return trace.setSpanContext(context.setValue(MEMBERS, members), span)
  }

  fields(): Array<string> {
    return [SENTRY_TRACE, BAGGAGE]
  }

  /** The members for a trace that begins here. */
  #head({ traceId }: SpanContext, sampled: string): ReadonlyArray<readonly [string, string]> {
    const isSampled = sampled === '1' ? 'true' : 'false'
    return [[`${PREFIX}trace_id`, traceId], ...this.#own, [`${PREFIX}sampled`, isSampled]]
  }
}

// decoding

const incoming = (context: Context): ReadonlyArray<readonly [string, string]> | undefined => {
  // Only `extract` sets this key.
  const members = context.getValue(MEMBERS) as ReadonlyArray<readonly [string, string]> | undefined
  return members === undefined || members.length === 0 ? undefined : members
}

/** Sentry's members of a `baggage` header, with their values as they are. */
const membersOf = (header: string): ReadonlyArray<readonly [string, string]> =>
  header
    .slice(0, MAX_BAGGAGE_CHARACTERS)
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member.startsWith(PREFIX) && member.includes('='))
    .map((member) => {
      const at = member.indexOf('=')
      return [member.slice(0, at), member.slice(at + 1)] as const
    })

const headerOf = (carrier: unknown, getter: TextMapGetter, name: string): string => {
  const value = getter.get(carrier, name)
  return (Array.isArray(value) ? value.join(',') : value) ?? ''
}

/** A propagator can only set fields of a carrier; carriers are records of headers in all instrumentations. */
const textIn = (carrier: unknown, name: string): string => {
  const value: unknown =
    typeof carrier === 'object' && carrier !== null ? Reflect.get(carrier, name) : undefined
  return typeof value === 'string' ? value : ''
}

/** The public key of a DSN is no secret: `https://KEY:SECRET@host/42`. */
const publicKeyOf = (dsn: string | undefined): string | undefined =>
  /^https?:\/\/([^:@/]+)(?::[^@/]*)?@/.exec(dsn ?? '')?.[1]
