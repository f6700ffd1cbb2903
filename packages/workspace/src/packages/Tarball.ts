/** Packages as they are published: packed by pnpm, which writes real versions in the place of `workspace:`. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CleanCopy } from './CleanCopy.ts'
import { run } from './run.ts'

// model

export interface Tarball {
  /** With the scope. */
  readonly name: string
  readonly path: string
}

// running

/** Packs all packages of a built copy. */
export const pack = async ({ folder, names }: CleanCopy): Promise<ReadonlyArray<Tarball>> => {
  const into = join(folder, 'packed')
  mkdirSync(into)
  const [program, ...args] = pnpm(folder)
  const words = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', into]
  await run(program, [...args, ...words], { cwd: folder })
  return names.map((name) => {
    const { version } = manifestOf(join(folder, 'packages', name.slice(name.indexOf('/') + 1)))
    return { name, path: join(into, `${name.slice(1).replace('/', '-')}-${version}.tgz`) }
  })
}

/** The pnpm that started this, or the one that the workspace names. */
const pnpm = (folder: string): readonly [string, ...ReadonlyArray<string>] => {
  const started = process.env['npm_execpath'] ?? ''
  if (/pnpm[^/\\]*\.c?js$/.test(started)) return [process.execPath, started]
  return ['npx', '--yes', manifestOf(folder).packageManager]
}

const manifestOf = (
  folder: string,
): { readonly version: string; readonly packageManager: string } =>
  // Manifests of this workspace: the root names its pnpm, and every package has a version.
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
