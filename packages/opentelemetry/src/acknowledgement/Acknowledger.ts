/** Runs an acknowledgement with a clock, and calls each batch back, exactly once. */
import { Range } from '@sentry-exporter/transport'
import { type Clock, stopwatch } from '@sentry-exporter/transport/Clock'
import * as Acknowledgement from './Acknowledgement.ts'

// model

export interface Acknowledger {
  /** A batch was accepted. `settled` resolves when everything under way, its own envelopes among it, is answered or counted. */
  readonly accept: (batch: AcceptedBatch) => void
  /** Acknowledges everything that waits. */
  readonly close: () => void
}

interface AcceptedBatch {
  readonly spans: number
  readonly settled: () => Promise<unknown>
  readonly acknowledge: () => void
}

export interface AcknowledgerWiring extends Acknowledgement.AcknowledgementOptions {
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'setTimer'>
  /** Envelopes that are under way. */
  readonly unanswered: () => number
}

const timerMillis = Range.clamp(Range.millis, Range.MAX_TIMER_MILLIS)

// running

export const make = ({ clock, unanswered, ...options }: AcknowledgerWiring): Acknowledger => {
  const next = Acknowledgement.step(options)
  const watch = stopwatch(clock)
  const callbacks = new Map<number, () => void>()
  let state = Acknowledgement.empty
  let ids = 0
  let cancelTimer: (() => void) | undefined

  const take = (input: Acknowledgement.AcknowledgementInput): void => {
    const { state: after, acknowledged, wakeAtMillis } = next(state, input)
    state = after
    cancelTimer?.()
    cancelTimer =
      wakeAtMillis === undefined
        ? undefined
        : clock.setTimer(timerMillis(wakeAtMillis - watch()), () =>
            take({ _tag: 'Tick', nowMillis: watch() }),
          )
    for (const id of acknowledged) {
      const acknowledge = callbacks.get(id)
      callbacks.delete(id)
      acknowledge?.()
    }
  }
  return {
    accept: ({ spans, settled, acknowledge }) => {
      const id = ids++
      callbacks.set(id, acknowledge)
      take({ _tag: 'Exported', id, spans, unanswered: unanswered(), nowMillis: watch() })
      const wasAtOnce = !callbacks.has(id)
      if (wasAtOnce && !state.isStalled) return
      void settled().then(() => take({ _tag: 'Settled', id, unanswered: unanswered() }))
    },
    close: () => take({ _tag: 'Closed' }),
  }
}
