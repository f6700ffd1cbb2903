/** `runModules FILE...`: imports modules one after the other; prints `[file, result]` as a line of JSON for each. */
import { pathToFileURL } from 'node:url'
import { format } from 'node:util'
import type { RunResult } from '../codeBlocks/run.ts'

for (const file of process.argv.slice(2)) {
  const printed: Array<string> = []
  console.log = (...values) => {
    printed.push(format(...values))
  }
  let problem: string | undefined
  try {
    await import(pathToFileURL(file).href)
  } catch (error) {
    problem = format(error)
  }
  const result: RunResult = { problem, printed: printed.join('\n').trimEnd() }
  process.stdout.write(`${JSON.stringify([file, result])}\n`)
}

// A module may leave a timer or a connection open.
process.exit(0)
