/**
 * From the body of a request to sealed envelopes: the whole transformation, pure. Every arrow is a function of its
 * own and can be called alone.
 *
 *     text -> decode -> spans -> assemble -> transactions, errors -> envelopes -> sealed
 */
import * as Batch from '@sentry-exporter/core/Batch'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import type { DecodeError } from '@sentry-exporter/otlp/DecodeError'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import { flow, identity, pipe } from '#fp-ts/function'
import * as Assembly from './Assembly.ts'
import type { Config } from './Config.ts'
import * as EnvelopeDraft from './EnvelopeDraft.ts'
import * as EnvelopePlan from './EnvelopePlan.ts'

// model

/** What spans became, and what that cost. */
export interface Assembled<A> {
  /** Errors before transactions: they are sent first. */
  readonly envelopes: ReadonlyArray<A>
  readonly losses: Losses.Losses
}

/** What one request became. */
export interface Run {
  readonly batch: Batch.Batch
  readonly assembled: Assembled<EnvelopeDraft.SealedEnvelope>
}

// constructors

/** The mapping that a configuration asks for. */
export const mappingOf = (
  config: Partial<
    Pick<Config, 'defaultEnvironment' | 'environment' | 'mapping' | 'release' | 'status4xx'>
  >,
): Mapping.Mapping =>
  pipe(
    config.mapping === 'collector' ? Mapping.collector : Mapping.sentry,
    config.status4xx === 'ok' ? Mapping.with4xxOk : identity,
    config.release === undefined ? identity : Mapping.withRelease(config.release),
    config.defaultEnvironment === undefined
      ? identity
      : Mapping.defaultEnvironment(config.defaultEnvironment),
    config.environment === undefined ? identity : Mapping.forceEnvironment(config.environment),
  )

/** What a configuration makes of spans, errors, transactions, or both, and where that goes. */
export const rulesOf = ({
  rules,
  hooks,
  transactions,
  routes,
}: Pick<Config, 'rules' | 'hooks' | 'transactions' | 'routes'>): Assembly.Rules => ({
  errors: rules,
  hooks,
  transactions,
  routes,
})

// combinators

/** Spans to envelopes that are not addressed yet: all that are there, at once. */
export const assemble = (
  mapping: Mapping.Mapping,
  limits: Limits.Limits,
  rules?: Assembly.Rules,
): ((spans: ReadonlyArray<Span>) => Assembled<EnvelopeDraft.EnvelopeDraft>) => {
  const hooksDrop = rules?.hooks?.span !== undefined
  const step = Assembly.step(mapping, Limits.untimed(limits, hooksDrop), rules)
  return (spans) => {
    const arrived = step(Assembly.empty, { _tag: 'Arrived', nowMillis: 0, spans })
    const { ready, losses } = step(arrived.state, { _tag: 'Flush', nowMillis: 0 })
    const { envelopes, losses: cost } = EnvelopePlan.makeAll(ready)
    return { envelopes, losses: Losses.concatAll([arrived.losses, losses, cost]) }
  }
}

/** Addresses an envelope to the configured project, or to that of its route. */
export const toParcel = ({
  dsn,
  environment,
  hooks,
  upstreamSampleRate,
}: Pick<Config, 'dsn' | 'environment' | 'hooks' | 'upstreamSampleRate'>): ((
  unsealed: EnvelopeDraft.EnvelopeDraft,
) => EnvelopeDraft.SealedEnvelope) =>
  EnvelopeDraft.seal(dsn, { environment, sampleRate: hooks.sampleRate, upstreamSampleRate })

/** The same for all that a step gave. */
export const seal =
  (config: Parameters<typeof toParcel>[0]) =>
  ({
    envelopes,
    losses,
  }: Assembled<EnvelopeDraft.EnvelopeDraft>): Assembled<EnvelopeDraft.SealedEnvelope> => ({
    envelopes: envelopes.map(toParcel(config)),
    losses,
  })

/** Decoded spans to sealed envelopes. What decoding cost is among the losses. */
export const ofBatch = (config: Config): ((batch: Batch.Batch) => Run) => {
  const toSealed = flow(assemble(mappingOf(config), config.limits, rulesOf(config)), seal(config))
  return (batch) => {
    const { envelopes, losses } = toSealed(batch.spans)
    return {
      batch,
      assembled: { envelopes, losses: Losses.concat(Batch.losses(batch), losses) },
    }
  }
}

/** The whole: an OTLP request in JSON to sealed envelopes. */
export const ofOtlpJson = (config: Config): ((text: string) => E.Either<DecodeError, Run>) =>
  flow(ExportTraceRequest.parse, E.map(ofBatch(config)))
