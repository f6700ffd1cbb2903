/** The names at the top level, of packages and of files, the exports maps, and the length of modules. */
import { exportsOf } from '../exportsOf.ts'
import { scope } from '../packageRules.ts'
import * as Violation from '../Violation.ts'
import type { Package, SourceFile, Workspace } from '../Workspace.ts'

const MAX_LINES = 250

const FORBIDDEN_NAMES = /^(utils?|helpers?|common|misc|types)$/i

const TOP_LEVEL: ReadonlySet<string> = new Set([
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'docs',
  'examples',
  'node_modules',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.json',
])

export const structure = (workspace: Workspace): ReadonlyArray<Violation.Violation> => [
  ...workspace.entries
    .filter((name) => !name.startsWith('.') && !TOP_LEVEL.has(name))
    .map((name) => of(name, 'does not belong at the top level')),
  ...workspace.packages.flatMap(inspectPackage),
]

const of = (place: string, message: string): Violation.Violation =>
  Violation.of('structure', place, message)

const inspectPackage = (inspected: Package): ReadonlyArray<Violation.Violation> => {
  const { folder, manifest, sources } = inspected
  const place = `packages/${folder}/package.json`
  const isNamed = manifest.name === `${scope}/${folder}`
  const isCurrent = JSON.stringify(manifest.exports) === JSON.stringify(exportsOf(inspected))
  return [
    ...(isNamed ? [] : [of(place, `should be named ${scope}/${folder}`)]),
    ...(isCurrent
      ? []
      : [of(place, 'exports differ from the modules: run `pnpm run lint:workspace --write`')]),
    ...sources.flatMap(inspectFile),
  ]
}

const inspectFile = ({ path, text }: SourceFile): ReadonlyArray<Violation.Violation> => {
  const lines = text.split('\n').length - 1
  return [
    ...(lines > MAX_LINES ? [of(path, `has ${lines} lines, more than ${MAX_LINES}`)] : []),
    ...path
      .split('/')
      .filter((part) => FORBIDDEN_NAMES.test(part.replace(/\.ts$/, '')))
      .map((part) => of(path, `"${part}" is not specific: name it after its content`)),
  ]
}
