/** All that is wrong with the house. Pure: the workspace comes in as data. */
import { isBuiltin } from 'node:module'
import { exportsOf } from './exportsOf.ts'
import * as Imports from './Imports.ts'
import { importCycles } from './importCycles.ts'
import { type PackageRule, packageRules, scope } from './packageRules.ts'
import * as Violation from './Violation.ts'
import type { Package, SourceFile, Workspace } from './Workspace.ts'

const MAX_LINES = 250

const FORBIDDEN_NAMES = /^(utils?|helpers?|common|misc|types)$/i

const TOP_LEVEL: ReadonlySet<string> = new Set([
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'docs',
  'examples',
  'node_modules',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.json',
])

/** Every complaint about a workspace; none means that it is as it was agreed. */
export const inspect = (workspace: Workspace): ReadonlyArray<Violation.Violation> => [
  ...workspace.entries
    .filter((name) => !name.startsWith('.') && !TOP_LEVEL.has(name))
    .map((name) => Violation.of(name, 'does not belong at the top level')),
  ...workspace.packages.flatMap(inspectPackage),
  ...inspectCircles(workspace),
]

const inspectPackage = (house: Package): ReadonlyArray<Violation.Violation> => {
  const manifest = `packages/${house.folder}/package.json`
  const room = packageRules.get(house.folder)
  if (room === undefined) return [Violation.of(manifest, 'is not in the arrow (house/Arrow.ts)')]
  const found: Array<Violation.Violation> = []
  if (house.manifest.name !== `${scope}/${house.folder}`) {
    found.push(Violation.of(manifest, `should be named ${scope}/${house.folder}`))
  }
  for (const name of Object.keys(house.manifest.dependencies ?? {})) {
    if (!isAllowed(room, name)) found.push(Violation.of(manifest, `may not depend on ${name}`))
  }
  if (JSON.stringify(house.manifest.exports) !== JSON.stringify(exportsOf(house))) {
    found.push(
      Violation.of(manifest, 'exports differ from the modules: run `pnpm run house --write`'),
    )
  }
  return [...found, ...house.sources.flatMap((file) => inspectFile(house, room, file))]
}

const isAllowed = (room: PackageRule, name: string): boolean =>
  room.registry.includes(name) || room.workspace.some((below) => name === `${scope}/${below}`)

const inspectFile = (
  { folder, manifest }: Package,
  room: PackageRule,
  file: SourceFile,
): ReadonlyArray<Violation.Violation> => {
  const found: Array<Violation.Violation> = []
  const lines = file.text.split('\n').length - 1
  if (lines > MAX_LINES)
    found.push(Violation.of(file.path, `has ${lines} lines, more than ${MAX_LINES}`))
  for (const part of file.path.split('/')) {
    if (FORBIDDEN_NAMES.test(part.replace(/\.ts$/, ''))) {
      found.push(Violation.of(file.path, `"${part}" says nothing: name it after what it holds`))
    }
  }
  for (const specifier of Imports.of(file)) {
    if (Imports.isOwn(manifest, specifier)) continue
    const name = Imports.packageOf(specifier)
    const says = `may not import ${specifier}`
    if (name === undefined) {
      if (!Imports.resolve(file, specifier).startsWith(`packages/${folder}/src/`)) {
        found.push(Violation.of(file.path, says))
      }
    } else if (isBuiltin(name) || name.startsWith('node:')) {
      if (!room.node) found.push(Violation.of(file.path, says))
    } else if (!isAllowed(room, name)) {
      found.push(Violation.of(file.path, says))
    }
  }
  return found
}

const inspectCircles = (workspace: Workspace): ReadonlyArray<Violation.Violation> => {
  const files = workspace.packages.flatMap((house) => house.sources)
  const modules = new Map(
    files.map((file) => [
      file.path,
      Imports.of(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => Imports.resolve(file, specifier)),
    ]),
  )
  const packages = new Map(
    workspace.packages.map((house) => [
      house.manifest.name,
      [...new Set(house.sources.flatMap(Imports.of).map(Imports.packageOf))].filter(
        (name): name is string => name?.startsWith(`${scope}/`) === true,
      ),
    ]),
  )
  return [...importCycles(modules), ...importCycles(packages)].map((names) =>
    Violation.of(names[0] ?? '', `imports itself in a circle: ${names.join(', ')}`),
  )
}
