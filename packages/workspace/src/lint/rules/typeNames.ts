/**
 * A name of a type means one thing: no two modules export types of the same name. The index of a package may name a type of its
 * modules again.
 */
import * as Syntax from '../Syntax.ts'
import * as Violation from '../Violation.ts'
import type { Workspace } from '../Workspace.ts'

/** Names that several modules may export. At most eight. */
export const sharedTypeNames: ReadonlySet<string> = new Set([
  // The options of the one constructor of a module.
  'Options',
  // `core` and `envelope` do not import each other.
  'EventId',
])

export const typeNames = (workspace: Workspace): ReadonlyArray<Violation.Violation> => {
  const places = new Map<string, Array<string>>()
  for (const file of workspace.packages.flatMap(({ sources }) => sources)) {
    if (file.path.endsWith('/src/index.ts')) continue
    for (const name of Syntax.of(file).exportedTypes) {
      const known = places.get(name)
      if (known === undefined) places.set(name, [file.path])
      else known.push(file.path)
    }
  }
  return [...places]
    .filter(([name, paths]) => paths.length > 1 && !sharedTypeNames.has(name))
    .map(([name, [first = '', ...others]]) =>
      Violation.of('type-names', first, `type ${name} is exported by ${others.join(', ')} too`),
    )
}
