/**
 * State machines without a clock: an input takes a state to the next one and emits values. States are values: an old one stays
 * valid, and the same inputs give the same outputs.
 */
import type { WithFailures } from '../filter/HookFailure.ts'
import type { Losses } from '../model/Losses.ts'
import type { OpenTraces } from '../pending/OpenTraces.ts'

// model

/** The result of one input. */
export interface Step<S, A> extends WithFailures {
  readonly state: S
  readonly emitted: ReadonlyArray<A>
  readonly losses: Losses
  /** When the next `Tick` can make a difference, in the time of the inputs; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

/** Every input carries its time. */
export interface Timed {
  /** Measures waiting: milliseconds since 1970 on a clock that never goes back, or zero where there is no clock. */
  readonly nowMillis: number
  /**
   * The date in milliseconds since 1970, where it differs because the clock was set. Old traces are shifted against the date at
   * which their request was accepted, so that a request that is replayed with it gives the same bytes.
   */
  readonly dateMillis?: number
  /** The traces whose entry has started in this process and has not ended, if that is known. */
  readonly openTraces?: OpenTraces | undefined
}

/** Time has passed. */
export interface Tick extends Timed {
  readonly _tag: 'Tick'
}

/** Nothing waits any longer. */
export interface Flush extends Timed {
  readonly _tag: 'Flush'
  /** `true`: spans whose entry has not arrived still wait. */
  readonly keepsOrphans?: boolean | undefined
}

export interface Machine<S, I extends Timed, A> {
  readonly initial: S
  readonly step: (state: S, input: I | Tick | Flush) => Step<S, A>
}
