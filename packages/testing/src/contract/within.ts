/** Waiting with a time limit, for tests against real servers. */

/** The result of `work`; rejects if there is none after the time. */
export const within = async <A>(millis: number, work: Promise<A>): Promise<A> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled within ${millis} ms`)), millis)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Resolves when the condition holds; rejects if it does not after the time. */
export const until = async (
  holds: () => boolean | Promise<boolean>,
  millis: number,
): Promise<void> => {
  for (let waited = 0; !(await holds()); waited += STEP_MILLIS) {
    if (waited >= millis) throw new Error(`still waiting after ${millis} ms`)
    await new Promise((resolve) => setTimeout(resolve, STEP_MILLIS))
  }
}

const STEP_MILLIS = 5
