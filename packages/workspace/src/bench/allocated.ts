/** The garbage of a path: bytes that are allocated for each span, on the heap and in buffers. */
import type { Held } from './Held.ts'
import { median } from './median.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'

/** Rounds until the code is compiled. */
const WARM_UP_ROUNDS = 60

const ROUNDS = 15

/**
 * The growth of the heap in a round. A collection within a round would hide garbage: Node is started with a young generation
 * that holds a round, see `measureCommand`.
 */
export const allocated =
  (prepare: (reference: Reference) => Round) =>
  (reference: Reference): Held => {
    const { run, spans } = prepare(reference)
    return {
      weigh: () => {
        for (let i = 0; i < WARM_UP_ROUNDS; i++) run()
        const rounds = Array.from({ length: ROUNDS }, () => {
          globalThis.gc?.()
          const before = process.memoryUsage()
          run()
          const after = process.memoryUsage()
          return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers
        })
        return median(rounds) / spans
      },
    }
  }
