/** Another commit of this repository, installed and built in a temporary folder. */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../lint/Workspace.ts'
import { runCommand } from './runCommand.ts'

// model

export interface Checkout {
  /** Temporary; holds `tree` and nothing else. */
  readonly folder: string
  /** The git worktree. */
  readonly tree: string
}

/** Where the program may be, from new to old: the package was called testkit before it was divided. */
const PROGRAMS = ['workspace', 'testkit'].map((name) =>
  join('packages', name, 'dist', 'bin', 'bench.js'),
)

// constructors

/** A folder in which nothing is checked out yet. */
export const make = (): Checkout => {
  // The real path, as git lists it.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sentry-exporter-bench-')))
  return { folder, tree: join(folder, 'tree') }
}

// running

/** The full id of the commit that a branch, tag or id names. */
export const commitOf = async (ref: string, signal: AbortSignal): Promise<string> =>
  (await git(['rev-parse', '--verify', `${ref}^{commit}`], signal)).trim()

/** Checks a commit out, installs and builds it; gives the path of its bench program. */
export const build = async (
  { tree }: Checkout,
  commit: string,
  signal: AbortSignal,
): Promise<string> => {
  await git(['worktree', 'add', '--detach', tree, commit], signal)
  const place = { cwd: tree, signal }
  const pnpm = ['--yes', packageManagerOf(tree)]
  await runCommand('npx', [...pnpm, 'install', '--frozen-lockfile', '--prefer-offline'], place)
  await runCommand(
    process.execPath,
    [join('node_modules', 'typescript', 'bin', 'tsc'), '-b'],
    place,
  )
  const program = PROGRAMS.map((path) => join(tree, path)).find(existsSync)
  if (program === undefined) throw new Error(`${commit} has none of ${PROGRAMS.join(', ')}`)
  return program
}

const packageManagerOf = (tree: string): string => {
  // The field is in every commit that has a bench.
  const { packageManager } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8')) as {
    readonly packageManager: string
  }
  return packageManager
}

/** Removes what `make` and `build` made, also if `build` did not come to its end. */
export const remove = async ({ folder, tree }: Checkout): Promise<void> => {
  try {
    const list = await git(['worktree', 'list', '--porcelain'])
    // Twice `--force`: git locks a worktree while it is made.
    if (list.split('\n').includes(`worktree ${tree}`))
      await git(['worktree', 'remove', '--force', '--force', tree])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const git = (args: ReadonlyArray<string>, signal?: AbortSignal): Promise<string> =>
  runCommand('git', args, { cwd: root, ...(signal === undefined ? {} : { signal }) })
