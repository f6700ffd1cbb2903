/** The exports map that a package should have: its index and one subpath for each entry point. */
import { entryPoints } from './entryPoints.ts'
import { scope } from './packageRules.ts'
import type { Package } from './Workspace.ts'

/** Pairs of a subpath and the module behind it, relative to `src`, without the extension. */
export const modulesOf = ({
  folder,
  sources,
}: Package): ReadonlyArray<readonly [string, string]> => {
  const prefix = `packages/${folder}/src/`
  const modules = sources.map((file) => file.path.slice(prefix.length, -'.ts'.length))
  const entries =
    entryPoints.get(folder) ?? modules.filter((name) => name !== 'index' && !name.includes('/'))
  return [
    ...(modules.includes('index') ? [['.', 'index'] as const] : []),
    ...entries
      .map((path) => [`./${path.slice(path.lastIndexOf('/') + 1)}`, path] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]
}

/**
 * Every entry point is exported as source under a private condition, so that the tests of this workspace need no build. All
 * other modules are private to the package.
 */
export const exportsOf = (of: Package): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(
    modulesOf(of).map(([subpath, path]) => [
      subpath,
      {
        [`${scope}/source`]: `./src/${path}.ts`,
        types: `./dist/${path}.d.ts`,
        default: `./dist/${path}.js`,
      },
    ]),
  ),
  './package.json': './package.json',
})
