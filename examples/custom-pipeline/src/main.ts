/** `main LOG FOLDER`: writes the envelopes of a log into a folder, to be posted by whatever is at hand. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, show } from './jobs.ts'

const [log, folder] = process.argv.slice(2)

if (log === undefined || folder === undefined) {
  console.error('Usage: main LOG FOLDER')
  process.exitCode = 2
} else {
  const { envelopes, problems } = run(readFileSync(log, 'utf8'))
  mkdirSync(folder, { recursive: true })
  for (const [index, bytes] of envelopes.entries()) {
    writeFileSync(join(folder, `${index + 1}.envelope`), bytes)
  }
  for (const problem of problems) console.error(show(problem))
  console.log(`${envelopes.length} envelopes, ${problems.length} bad lines`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
