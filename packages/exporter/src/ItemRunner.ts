/** Sends items of one kind in groups: when a group is full, and a few seconds after the first of those that wait came. */
import * as Losses from '@sentry-exporter/core/Losses'
import type { Cancel, Clock } from '@sentry-exporter/transport/Clock'
import * as EnvelopePlan from './EnvelopePlan.ts'
import * as ItemSteps from './ItemSteps.ts'

// model

/** The result of a step. */
export interface WaitedItems<A> extends EnvelopePlan.PlannedStep<A> {
  /** The change of the number of waiting items. */
  readonly waiting: number
}

export interface ItemRunner<I, S, A> {
  /** Whether values of this kind are sent. */
  readonly isOn: () => boolean
  /** Takes values; gives the plans of the groups that became full. */
  readonly take: (values: ReadonlyArray<I>) => WaitedItems<A>
  /** Gives the plans of all items that wait. */
  readonly flush: () => WaitedItems<A>
  /** Items that wait. */
  readonly waiting: () => number
  /** Series that are known. */
  readonly series: () => number
  /** Cancels the timer. Items that wait stay until they are flushed. */
  readonly stop: () => void
  /**
   * Goes on with other steps, and with the state of the source. Items that wait leave at once, for their former destination. Steps
   * that are off forget the state.
   */
  readonly change: (next: ItemSteps.ItemSteps<I, S, A>) => void
}

export interface ItemRunnerOptions<I, S, A> {
  readonly steps: ItemSteps.ItemSteps<I, S, A>
  readonly clock: Pick<Clock, 'now' | 'setTimer'>
  /** Receives the plans that became ready because time passed. */
  readonly onReady: (emitted: WaitedItems<A>) => void
}

/** An item waits at most so long for others: as long as in Sentry's own SDKs. */
const FLUSH_MILLIS = 5_000

// running

export const make = <I, S, A>({
  clock,
  onReady,
  steps,
}: ItemRunnerOptions<I, S, A>): ItemRunner<I, S, A> => {
  let current = steps
  let state = ItemSteps.initial(steps, clock.now())
  let cancelTimer: Cancel | undefined

  const waiting = (): number => ItemSteps.waiting(current, state)
  const stop = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
  }
  const release = (untilMillis: number): WaitedItems<A> => {
    stop()
    const before = waiting()
    if (before === 0) return NOTHING
    const released = ItemSteps.release(current)(state, untilMillis)
    state = released.state
    return { ...released.emitted, waiting: waiting() - before }
  }
  const setTimer = (): void => {
    if (waiting() === 0) stop()
    else cancelTimer ??= clock.setTimer(FLUSH_MILLIS, tick)
  }
  const tick = (): void => {
    const emitted = release(clock.now())
    setTimer()
    if (hasNews(emitted)) onReady(emitted)
  }
  const flush = (): WaitedItems<A> => release(Number.POSITIVE_INFINITY)
  return {
    isOn: () => current.isOn,
    take: (values) => {
      if (values.length === 0) return NOTHING
      const before = waiting()
      const taken = ItemSteps.take(current)(state, values, clock.now())
      state = taken.state
      setTimer()
      return { ...taken.emitted, waiting: waiting() - before }
    },
    flush,
    waiting,
    series: () => current.source.series(state.source),
    stop,
    change: (next) => {
      // The next steps may have another default project, or be off.
      const emitted = flush()
      if (hasNews(emitted)) onReady(emitted)
      if (!current.isOn || !next.isOn) state = ItemSteps.initial(next, clock.now())
      current = next
    },
  }
}

/** Items that leave without an envelope are lost, and must be counted. */
const hasNews = <A>({ losses, plans, waiting }: WaitedItems<A>): boolean =>
  plans.length > 0 || waiting !== 0 || Losses.entries(losses).length > 0

const NOTHING: WaitedItems<never> = { ...EnvelopePlan.nothing, waiting: 0 }
