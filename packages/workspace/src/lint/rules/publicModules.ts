/** Public modules are few; each that exports a function has an `@example` and a test file at the mirrored path. */
import { modulesOf } from '../exportsOf.ts'
import * as Syntax from '../Syntax.ts'
import * as Violation from '../Violation.ts'
import type { Package, SourceFile, Workspace } from '../Workspace.ts'

/** The most subpaths that a package may export, `package.json` not counted; `MAX_OTHER_SUBPATHS` for a package that is not named. */
const MAX_SUBPATHS: ReadonlyMap<string, number> = new Map([
  ['core', 50],
  ['exporter', 15],
  ['transport', 15],
])

const MAX_OTHER_SUBPATHS = 20

export const publicModules = (workspace: Workspace): ReadonlyArray<Violation.Violation> =>
  workspace.packages
    .filter(({ manifest }) => manifest.private !== true)
    .flatMap((inspected) => [
      ...inspectNumber(inspected),
      ...withFunctions(inspected).flatMap((file) => inspectModule(inspected, file)),
    ])

const inspectNumber = (inspected: Package): ReadonlyArray<Violation.Violation> => {
  const max = MAX_SUBPATHS.get(inspected.folder) ?? MAX_OTHER_SUBPATHS
  const subpaths = modulesOf(inspected).length
  if (subpaths <= max) return []
  const place = `packages/${inspected.folder}/package.json`
  return [Violation.of('entry-points', place, `exports ${subpaths} subpaths, more than ${max}`)]
}

/** The public modules of a package that export a function, its index not counted. */
const withFunctions = (inspected: Package): ReadonlyArray<SourceFile> => {
  const entries = new Set(
    modulesOf(inspected).map(([, path]) => `packages/${inspected.folder}/src/${path}.ts`),
  )
  return inspected.sources.filter(
    (file) =>
      entries.has(file.path) &&
      !file.path.endsWith('/src/index.ts') &&
      Syntax.of(file).exportsFunction,
  )
}

const inspectModule = (
  { tests }: Package,
  file: SourceFile,
): ReadonlyArray<Violation.Violation> => {
  const test = file.path.replace('/src/', '/test/').replace(/\.ts$/, '.test.ts')
  return [
    ...(tests.some(({ path }) => path === test)
      ? []
      : [Violation.of('mirrored-test', file.path, `has no test file ${test}`)]),
    ...(Syntax.of(file).comments.some(({ text }) => /^@example$/m.test(text))
      ? []
      : [Violation.of('example', file.path, 'is public and has no @example')]),
  ]
}
