/** Waiting with a time limit, for tests against real servers. */
import { AssertionError } from 'node:assert'

/** The result of `work`; rejects if there is none after the time. */
export const within = async <A>(millis: number, work: Promise<A>): Promise<A> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new AssertionError({ message: `not settled within ${millis} ms` })
    timer = setTimeout(() => reject(error), millis)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

export const until = async (holds: () => boolean, millis: number): Promise<void> => {
  for (let waited = 0; !holds(); waited += STEP_MILLIS) {
    if (waited >= millis) throw new Error(`still waiting after ${millis} ms`)
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLIS))
  }
}

const STEP_MILLIS = 5
