/** The exports map a package should have: its index and one subpath for each public module. */
import { scope } from './Arrow.ts'
import type { Package } from './Workspace.ts'

/**
 * Public modules are the files directly in `src`; what lies in its folders is private to the package. Each is
 * offered as source under a private condition, so that tests of this workspace need no build.
 */
export const exportsOf = (house: Package): Readonly<Record<string, unknown>> => {
  const prefix = `packages/${house.folder}/src/`
  const modules = house.sources
    .map((file) => file.path.slice(prefix.length, -'.ts'.length))
    .filter((name) => !name.includes('/'))
    .sort((a, b) => (a === 'index' ? -1 : b === 'index' ? 1 : a < b ? -1 : 1))
  return {
    ...Object.fromEntries(
      modules.map((name) => [
        name === 'index' ? '.' : `./${name}`,
        {
          [`${scope}/source`]: `./src/${name}.ts`,
          types: `./dist/${name}.d.ts`,
          default: `./dist/${name}.js`,
        },
      ]),
    ),
    './package.json': './package.json',
  }
}
