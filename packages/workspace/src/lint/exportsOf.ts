/** The exports map that a package should have: its index and one subpath for each entry point. */
import { entryPoints } from './entryPoints.ts'
import { scope } from './packageRules.ts'
import type { Package } from './Workspace.ts'

/**
 * Every entry point is exported as source under a private condition, so that the tests of this workspace need no build. All
 * other modules are private to the package.
 */
export const exportsOf = (house: Package): Readonly<Record<string, unknown>> => {
  const prefix = `packages/${house.folder}/src/`
  const modules = house.sources.map((file) => file.path.slice(prefix.length, -'.ts'.length))
  const listed = entryPoints.get(house.folder)
  const entries = listed ?? modules.filter((name) => name !== 'index' && !name.includes('/'))
  const paths: ReadonlyArray<readonly [string, string]> = [
    ...(modules.includes('index') ? [['.', 'index'] as const] : []),
    ...entries
      .map((path) => [`./${path.slice(path.lastIndexOf('/') + 1)}`, path] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
  return {
    ...Object.fromEntries(
      paths.map(([subpath, path]) => [
        subpath,
        {
          [`${scope}/source`]: `./src/${path}.ts`,
          types: `./dist/${path}.d.ts`,
          default: `./dist/${path}.js`,
        },
      ]),
    ),
    './package.json': './package.json',
  }
}
