/**
 * An envelope that is ready to be made. Of many that are ready at once each is made when it is its turn: what is held of one
 * before is a fraction of it.
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Lazy } from '#fp-ts/function'
import type * as EnvelopeDraft from './EnvelopeDraft.ts'

// model

export interface EnvelopePlan {
  /** Spans of the input that it holds. */
  readonly spans: number
  /** Gives the same whenever it is called. */
  readonly make: Lazy<Made>
}

export interface Made {
  /** `undefined` if a hook dropped it, which is among the losses. */
  readonly envelope: EnvelopeDraft.EnvelopeDraft | undefined
  readonly losses: Losses.Losses
}

// constructors

/** One that is made already. */
export const of = (envelope: EnvelopeDraft.EnvelopeDraft): EnvelopePlan => ({
  spans: envelope.spans,
  make: () => ({ envelope, losses: Losses.empty }),
})

// destructors

/** All of them at once. */
export const makeAll = (
  ready: ReadonlyArray<EnvelopePlan>,
): {
  readonly envelopes: ReadonlyArray<EnvelopeDraft.EnvelopeDraft>
  readonly losses: Losses.Losses
} => {
  const made = ready.map(({ make }) => make())
  return {
    envelopes: made.flatMap(({ envelope }) => envelope ?? []),
    losses: Losses.concatAll(made.map(({ losses }) => losses)),
  }
}

export const spansIn = (ready: ReadonlyArray<EnvelopePlan>): number =>
  ready.reduce((sum, { spans }) => sum + spans, 0)
