/** The workspace as the checks see it: packages, their manifests and their source files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

// model

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  /** Subpath imports: `#name` to a file of its own or of another package. */
  readonly imports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/** One source file, its path relative to the root of the workspace. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** One package under `packages/`. */
export interface Package {
  /** The name of its folder, which is its name without the scope. */
  readonly folder: string
  readonly manifest: Manifest
  readonly sources: ReadonlyArray<SourceFile>
}

/** All of it. `entries` are the names at the top level. */
export interface Workspace {
  readonly root: string
  readonly entries: ReadonlyArray<string>
  readonly packages: ReadonlyArray<Package>
}

// constructors

/** The folder that holds `pnpm-workspace.yaml`, found from this file upwards. */
export const root: string = fileURLToPath(new URL('../../../../', import.meta.url))

/** Every file below a folder that passes the test, sorted, without `dist` and `node_modules`. */
export const filesBelow = (
  folder: string,
  test: (path: string) => boolean,
): ReadonlyArray<string> => {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry): ReadonlyArray<string> => {
      const path = join(folder, entry.name)
      if (!entry.isDirectory()) return test(path) ? [path] : []
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : filesBelow(path, test)
    })
    .sort()
}

/** Reads the workspace from disk. */
export const read = (at: string = root): Workspace => ({
  root: at,
  entries: readdirSync(at).sort(),
  packages: readdirSync(join(at, 'packages'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readPackage(at, entry.name)),
})

const readPackage = (at: string, folder: string): Package => {
  const home = join(at, 'packages', folder)
  return {
    folder,
    manifest: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')),
    sources: filesBelow(join(home, 'src'), (path) => path.endsWith('.ts')).map((path) => ({
      path: relative(at, path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    })),
  }
}
