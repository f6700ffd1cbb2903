/** The loop that feeds a state machine: all inputs in their order, then a flush. */
import * as HookFailure from '../filter/HookFailure.ts'
import * as Losses from '../model/Losses.ts'
import type { Flush, Machine, Tick, Timed } from './Machine.ts'

// model

/** Everything that a machine emitted. */
export interface Run<S, A> extends HookFailure.WithFailures {
  readonly state: S
  readonly emitted: ReadonlyArray<A>
  readonly losses: Losses.Losses
}

// running

/** The flush has the time of the last input, or zero without inputs. */
export const runToEnd =
  <S, I extends Timed, A>({ initial, step }: Machine<S, I, A>) =>
  (inputs: ReadonlyArray<I | Tick>): Run<S, A> => {
    const flush: Flush = { _tag: 'Flush', nowMillis: inputs.at(-1)?.nowMillis ?? 0 }
    const emitted: Array<A> = []
    let state = initial
    let losses = Losses.empty
    let failures = HookFailure.none
    for (const input of [...inputs, flush]) {
      const next = step(state, input)
      state = next.state
      losses = Losses.concat(losses, next.losses)
      failures = HookFailure.concat(failures, next.failures)
      // No spread into `push`: one step may emit more than an engine takes as arguments.
      for (const one of next.emitted) emitted.push(one)
    }
    return { state, emitted, losses, ...HookFailure.asField(failures) }
  }
