/**
 * A copy of the public packages in a folder of its own: packages are packed from sources alone, the working tree is not
 * touched, and its tests may run meanwhile.
 */
import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { scope } from '../lint/packageRules.ts'
import * as Workspace from '../lint/Workspace.ts'
import { runNode } from './run.ts'

// model

export interface CleanCopy {
  readonly folder: string
  /** The names of the public packages, with the scope. */
  readonly names: ReadonlyArray<string>
}

export interface Options {
  /** Whether the output of the last build is copied too. */
  readonly built: boolean
  /** Folders of packages of the registry that replace those of the workspace. */
  readonly instead?: ReadonlyMap<string, string>
}

// constructors

/** Into an empty folder. */
export const make = (folder: string, { built, instead = new Map() }: Options): CleanCopy => {
  const packages = Workspace.read().packages.filter((one) => one.manifest.private !== true)
  for (const name of ['LICENSE', 'package.json', 'pnpm-workspace.yaml', 'tsconfig.json'])
    cpSync(join(Workspace.root, name), join(folder, name))
  link(realpathSync(join(Workspace.root, 'node_modules')), join(folder, 'node_modules'))
  const homes = new Map([
    ...instead,
    ...packages.map((one) => [one.manifest.name, join(folder, 'packages', one.folder)] as const),
  ])
  const left = new Set(['node_modules', 'test', 'type-test', ...(built ? [] : ['dist'])])
  for (const one of packages) {
    const from = join(Workspace.root, 'packages', one.folder)
    const to = join(folder, 'packages', one.folder)
    // Tests of the lint plant folders among the sources for a moment.
    const isWanted = (path: string): boolean =>
      !left.has(basename(path)) && !basename(path).startsWith('planted-')
    cpSync(from, to, { recursive: true, filter: isWanted })
    linkModules(join(from, 'node_modules'), join(to, 'node_modules'), homes)
  }
  return { folder, names: packages.map(({ manifest }) => manifest.name) }
}

/** Links each package to its folder in `homes`, or to its present folder. */
const linkModules = (from: string, to: string, homes: ReadonlyMap<string, string>): void => {
  for (const entry of readdirSync(from).filter((name) => !name.startsWith('.'))) {
    const names = entry.startsWith('@')
      ? readdirSync(join(from, entry)).map((name) => `${entry}/${name}`)
      : [entry]
    for (const name of names)
      link(homes.get(name) ?? realpathSync(join(from, name)), join(to, name))
  }
}

const link = (target: string, path: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}

// running

/** Compiles it. */
export const build = async ({ folder, names }: CleanCopy): Promise<void> => {
  const projects = names.map((name) => join('packages', name.slice(scope.length + 1)))
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
  await runNode([tsc, '-b', ...projects], { cwd: folder })
}
