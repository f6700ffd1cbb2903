/**
 * `titles`: prints the title of every test of the workspace, sorted, as `file<TAB>suite<TAB>title`. Each file is loaded in a
 * process of its own, and its tests are not run. Tests that are skipped on this machine have no title: they are counted.
 */
import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { scope } from '../lint/packageRules.ts'
import { filesBelow, root } from '../lint/Workspace.ts'
import { loadTitles } from '../runner/loadTitles.ts'

const listOf = async (file: string): Promise<ReadonlyArray<string>> => {
  const self = fileURLToPath(import.meta.url)
  const args = [`--conditions=${scope}/source`, '--import', 'tsx', self, '--load', file]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    maxBuffer: 64 * 1024 * 1024,
  })
  // A file may print when it is loaded: the list is on the last line.
  const titles: ReadonlyArray<readonly [string, string]> = JSON.parse(
    stdout.trim().split('\n').at(-1) ?? '',
  )
  return titles.map((names) => [relative(root, file), ...names.map(oneLine)].join('\t'))
}

const oneLine = (text: string): string =>
  text.replace(/[\t\n\r\\]/g, (character) => JSON.stringify(character).slice(1, -1))

const [flag, path] = process.argv.slice(2)

if (flag === '--load') {
  const titles = await loadTitles(pathToFileURL(path ?? '').href)
  process.stdout.write(`\n${JSON.stringify(titles)}\n`, () => process.exit(0))
} else {
  const files = ['packages', 'examples'].flatMap((folder) =>
    filesBelow(join(root, folder), (name) => name.endsWith('.test.ts')),
  )
  const waiting = [...files]
  const lines: Array<string> = []
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      lines.push(...(await listOf(file)))
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  // By code units, so that the order does not depend on a language.
  console.log(lines.sort().join('\n'))
}
