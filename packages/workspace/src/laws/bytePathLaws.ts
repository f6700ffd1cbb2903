/**
 * The laws of the byte path: spans that are described while their request is read give the same envelopes, byte for byte, the
 * same rejected spans with the same places, and the same losses, as spans that are read first and described then.
 */
import { deepStrictEqual } from 'node:assert/strict'
import { SpanFunction } from '@sentry-exporter/core'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type { Content } from '@sentry-exporter/envelope/Item'
import type * as EnvelopePlan from '@sentry-exporter/exporter/EnvelopePlan'
import * as EventEnvelope from '@sentry-exporter/exporter/EventEnvelope'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as OtlpBytes from '@sentry-exporter/otlp/OtlpBytes'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import fc from 'fast-check'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import * as arbitraryBytes from '../otlp/arbitraryBytes.ts'
import * as oracle from '../otlp/oracle.ts'
import * as Recorded from '../Recorded.ts'
import * as Law from './Law.ts'

// model

type Options = Pipeline.Options<Envelope.Envelope<Content>>

/** Whatever a request gives. */
interface Given {
  readonly envelopes: ReadonlyArray<string>
  readonly losses: Losses.Losses
  readonly problems: ReadonlyArray<string>
  readonly failures: number
}

// constructors

export const plain: Options = {
  mapping: Mapping.sentry,
  limits: Limits.gateway,
  errors: defaultErrorRules,
  encode: EventEnvelope.unaddressed,
}

const privacy = (change: Partial<Hooks.Hooks['privacy']>): Options => ({
  ...plain,
  hooks: { ...Hooks.defaults, privacy: { ...Hooks.defaults.privacy, ...change } },
})

/** A rule that does not name its keys, and one that fails for some spans. */
const own: Mapping.Mapping = {
  ...Mapping.sentry,
  description: (span) => Object.keys(span.attributes).join(' '),
  op: SpanFunction.reading(['error'], ({ attributes }) => {
    if (attributes['error'] !== undefined) throw new Error('no operation')
    return 'own'
  }),
}

/** Every option that decides about the way of a span. */
export const variants: Readonly<Record<string, Options>> = {
  default: plain,
  'with personal data': privacy({ sendDefaultPii: true }),
  'without filters': privacy({ scrub: false }),
  'more secret keys': privacy({ scrubKeys: ['route', 'x'] }),
  collector: { ...plain, mapping: Mapping.collector },
  'functions of a user': { ...plain, mapping: own },
  sampled: { ...plain, hooks: { ...Hooks.defaults, sampleRate: 0.5 } },
  'errors from status': { ...plain, errors: { ...defaultErrorRules, errorsFromStatus: true } },
  'a hook': {
    ...plain,
    hooks: {
      ...Hooks.defaults,
      span: (span) => (span.kind === 'PRODUCER' ? O.none : O.some({ ...span, name: 'hooked' })),
    },
  },
  'small spans': { ...plain, limits: { ...Limits.gateway, maxSpanBytes: 4_000 } },
}

const nowMillis = 1_700_000_100_000

const textOf = (envelope: Envelope.Envelope<Content>): string =>
  Buffer.from(Envelope.encode(envelope)).toString('utf8')

const givenBy = (input: OtlpInput.OtlpInput, made: Made): Given => ({
  envelopes: made.envelopes.map(textOf),
  losses: Losses.concat(OtlpInput.losses(input), made.losses),
  problems: OtlpInput.problems(input),
  failures: made.failures?.length ?? 0,
})

type Made = EnvelopePlan.MadeEnvelopes<Envelope.Envelope<Content>>

/** Both ways of one pipeline; `withRecords` also that of spans that were read and are printed as bytes. */
export const compare = (
  options: Options,
  withRecords = true,
): ((bytes: Uint8Array, encoding: OtlpBytes.Encoding) => void) => {
  // Each has its own memory of keys and resources.
  const whole = Pipeline.assemble({ ...options, bytePath: false })
  const records = Pipeline.assemble(options)
  const described = Pipeline.assembleBytes(options)
  return (bytes, encoding) => {
    const read = OtlpBytes.parse(bytes, encoding)
    const made = described(bytes, encoding, nowMillis)
    if (E.isLeft(read) || E.isLeft(made)) {
      deepStrictEqual(made, read)
      return
    }
    const { batch, logs } = read.right
    const expected = givenBy(read.right, whole([batch.spans], logs, nowMillis))
    deepStrictEqual(givenBy(made.right.input, made.right.assembled), expected)
    if (withRecords) {
      const ofRecords = records([batch.spans], logs, nowMillis)
      deepStrictEqual(givenBy(read.right, ofRecords), expected)
    }
    deepStrictEqual(Batch.validSpansIn(made.right.input.batch), batch.spans.length)
  }
}

/** Compares all variants, each time with one. */
const comparing = (
  encoding: OtlpBytes.Encoding,
  withRecords = true,
): ((given: { readonly bytes: Uint8Array; readonly variant: string }) => void) => {
  const compares = new Map(
    Object.entries(variants).map(([name, options]) => [name, compare(options, withRecords)]),
  )
  return ({ bytes, variant }) => compares.get(variant)?.(bytes, encoding)
}

const lazily = <A>(make: () => A): (() => A) => {
  let made: A | undefined
  return () => (made ??= make())
}

const variant = fc.constantFrom(...Object.keys(variants))

/** The same requests in JSON, as far as another decoder reads them. */
const json = arbitraryBytes.requests.map((bytes) => {
  try {
    return new TextEncoder().encode(JSON.stringify(oracle.decode(oracle.traces, bytes)))
  } catch {
    return new TextEncoder().encode('{"resourceSpans":[]}')
  }
})

export const ofJson: Law.Law = Law.of(
  'requests in JSON give the same on both paths',
  fc.record({ bytes: json, variant }),
  comparing('json'),
)

export const ofProtobuf: Law.Law = Law.of(
  'requests in protobuf give the same on both paths',
  fc.record({ bytes: arbitraryBytes.requests, variant }),
  comparing('protobuf'),
)

const POOL = 400

const POOL_SEED = 7

const recorded = Recorded.all.flatMap((recording) =>
  Recorded.bodies(recording)
    .slice(0, 1)
    .map((body) => oracle.encode(oracle.traces, JSON.parse(body))),
)

/** Made when it is used first. */
const generated = lazily(() =>
  fc.sample(arbitraryBytes.requests, { numRuns: POOL, seed: POOL_SEED }),
)

/** Damages requests of a fixed set, which is faster than to make each anew. */
export const ofDamaged: Law.Law = Law.of(
  'damaged requests give the same on both paths',
  fc
    .record({
      place: fc.nat({ max: POOL - 1 }),
      damages: arbitraryBytes.damages,
      variant,
      isRecorded: fc.constantFrom(true, ...new Array<boolean>(30).fill(false)),
    })
    .map(({ place, damages, isRecorded, ...others }) => {
      const pool = isRecorded ? recorded : generated()
      const bytes = pool[place % pool.length] ?? new Uint8Array()
      return { ...others, bytes: arbitraryBytes.damaged(bytes, damages) }
    }),
  comparing('protobuf', false),
)

export const all: ReadonlyArray<Law.Law> = [ofJson, ofProtobuf, ofDamaged]
