/** publint and attw on packed packages. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lint/Workspace.ts'
import { runNode } from './run.ts'
import type { Tarball } from './Tarball.ts'

/** Their messages, with the name of the package; empty without problems. */
export const judge = async (tarballs: ReadonlyArray<Tarball>): Promise<ReadonlyArray<string>> => {
  const problems: Array<string> = []
  for (const { name, path } of tarballs) {
    for (const [judge, ...args] of JUDGES) {
      await runNode([binOf(judge), path, ...args], { cwd: root }).catch((error: Error) =>
        problems.push(`${name}: ${error.message}`),
      )
    }
  }
  return problems
}

const JUDGES: ReadonlyArray<readonly [string, ...ReadonlyArray<string>]> = [
  ['publint', '--strict'],
  [
    '@arethetypeswrong/cli',
    ...['--profile', 'esm-only', '--no-color', '--format', 'ascii'],
    // It has no node_modules, and considers `#fp-ts/*` broken; the type check of a consumer is the proof.
    ...['--ignore-rules', 'internal-resolution-error'],
  ],
]

/** The program of a tool of the workspace, which has one. */
const binOf = (name: string): string => {
  const home = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return join(home, Object.values<string>(bin)[0] ?? '')
}
