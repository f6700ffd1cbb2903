/** Each package imports and depends on no more than its row of `packageRules.ts` allows; packages form no cycle. */
import { isBuiltin } from 'node:module'
import * as Imports from '../Imports.ts'
import { packageCycles } from '../packageCycles.ts'
import { type PackageRule, packageRules, scope } from '../packageRules.ts'
import * as Violation from '../Violation.ts'
import type { Package, SourceFile, Workspace } from '../Workspace.ts'

export const dependencies = (workspace: Workspace): ReadonlyArray<Violation.Violation> => [
  ...workspace.packages.flatMap(inspectPackage),
  ...inspectCycles(workspace.packages),
]

const of = (place: string, message: string): Violation.Violation =>
  Violation.of('dependencies', place, message)

const inspectPackage = (inspected: Package): ReadonlyArray<Violation.Violation> => {
  const manifest = `packages/${inspected.folder}/package.json`
  const rule = packageRules.get(inspected.folder)
  if (rule === undefined) return [of(manifest, 'has no row in lint/packageRules.ts')]
  return [
    ...Object.keys(inspected.manifest.dependencies ?? {})
      .filter((name) => !isAllowed(rule, name))
      .map((name) => of(manifest, `may not depend on ${name}`)),
    ...inspected.sources.flatMap((file) => inspectFile(inspected, rule, file)),
  ]
}

const isAllowed = (rule: PackageRule, name: string): boolean =>
  rule.registry.includes(name) || rule.workspace.some((below) => name === `${scope}/${below}`)

const inspectFile = (
  { folder, manifest }: Package,
  rule: PackageRule,
  file: SourceFile,
): ReadonlyArray<Violation.Violation> => {
  const mayImport = (specifier: string): boolean => {
    if (Imports.isOwn(manifest, specifier)) return true
    const name = Imports.packageOf(specifier)
    if (name === undefined) {
      return Imports.resolve(file, specifier).startsWith(`packages/${folder}/src/`)
    }
    if (isBuiltin(name) || name.startsWith('node:')) return rule.node || isNodeEntry(rule, file)
    return isAllowed(rule, name)
  }
  return Imports.of(file)
    .filter((specifier) => !mayImport(specifier))
    .map((specifier) => of(file.path, `may not import ${specifier}`))
}

/** Whether a file lies in the one folder of a package for all runtimes that may use modules of Node. */
const isNodeEntry = (rule: PackageRule, file: SourceFile): boolean =>
  rule.nodeFolder !== undefined &&
  file.path.split('/').slice(3).join('/').startsWith(`${rule.nodeFolder}/`)

const inspectCycles = (packages: ReadonlyArray<Package>): ReadonlyArray<Violation.Violation> => {
  const imports = new Map(
    packages.map(({ manifest, sources }) => [
      manifest.name,
      [...new Set(sources.flatMap(Imports.of).map(Imports.packageOf))].filter(
        (name): name is string => name?.startsWith(`${scope}/`) === true,
      ),
    ]),
  )
  return packageCycles(imports).map((names) =>
    of(names[0] ?? '', `imports itself in a cycle: ${names.join(', ')}`),
  )
}
