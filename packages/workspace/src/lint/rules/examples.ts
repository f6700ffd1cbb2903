/** Examples can be copied: they import public names only, and their manifests have no subpath imports. */
import * as Imports from '../Imports.ts'
import * as Violation from '../Violation.ts'
import type { Package, Workspace } from '../Workspace.ts'

export const examples = (workspace: Workspace): ReadonlyArray<Violation.Violation> => {
  const names = new Map(
    workspace.packages.map(({ manifest }) => [
      manifest.name,
      manifest.private === true ? {} : (manifest.exports ?? {}),
    ]),
  )
  return workspace.examples.flatMap((example) => inspectExample(example, names))
}

const of = (place: string, message: string): Violation.Violation =>
  Violation.of('examples', place, message)

/** The entry points of each package of the workspace; a private one has none for users. */
type EntryPoints = ReadonlyMap<string, Readonly<Record<string, unknown>>>

const inspectExample = (
  { folder, manifest, sources }: Package,
  names: EntryPoints,
): ReadonlyArray<Violation.Violation> => [
  ...(manifest.imports === undefined
    ? []
    : [of(`examples/${folder}/package.json`, 'has subpath imports')]),
  ...sources.flatMap((file) =>
    Imports.of(file)
      .filter((specifier) => !isPublic(specifier, names))
      .map((specifier) => of(file.path, `may not import ${specifier}: the name is not public`)),
  ),
]

const isPublic = (specifier: string, names: EntryPoints): boolean => {
  if (specifier.startsWith('#')) return false
  const name = Imports.packageOf(specifier)
  const entryPoints = name === undefined ? undefined : names.get(name)
  if (name === undefined || entryPoints === undefined) return true
  return Object.hasOwn(entryPoints, `.${specifier.slice(name.length)}`)
}
