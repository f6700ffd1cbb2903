/**
 * Loads a test file without running its tests, and lists its suites and titles. uvu queues a suite as a bound function,
 * which shows nothing: so the binding is watched while the file is loaded.
 */

// model

/** The first arguments that uvu 0.5.6 binds to the function that runs a suite. */
interface Suite {
  readonly tests: ReadonlyArray<{ readonly name: string }>
  readonly only: ReadonlyArray<{ readonly name: string }>
  readonly skips: number
}

const isSuite = (value: unknown): value is Suite =>
  typeof value === 'object' && value !== null && 'tests' in value && 'skips' in value

// running

/** Pairs of a suite and a title, in their order. Rejects if a suite is queued that was not seen. */
export const loadTitles = async (
  url: string,
): Promise<ReadonlyArray<readonly [string, string]>> => {
  const found: Array<readonly [string, string]> = []
  const queue: Array<unknown> = []
  let suites = 0
  // uvu's whole interface to a runner is these three globals.
  Object.assign(globalThis, { UVU_DEFER: 1, UVU_QUEUE: [queue], UVU_INDEX: 0 })
  const bind = Function.prototype.bind
  Function.prototype.bind = function (this: unknown, ...args: ReadonlyArray<unknown>): unknown {
    const [, suite, name] = args
    if (isSuite(suite) && typeof name === 'string') {
      suites++
      for (const test of [...suite.tests, ...suite.only]) found.push([name, test.name])
      if (suite.skips > 0) found.push([name, `(${suite.skips} skipped)`])
    }
    return Reflect.apply(bind, this, args)
  }
  try {
    await import(url)
  } finally {
    Function.prototype.bind = bind
  }
  if (queue.length !== suites) throw new Error(`${queue.length} suites, ${suites} were seen`)
  return found
}
