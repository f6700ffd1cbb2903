/** The workspace as the checks read it: packages, their manifests, source files, tests and documents. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

// model

/** The fields of a package.json that the checks read. */
export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  /** Subpath imports: `#name` refers to a file of the package or to another package. */
  readonly imports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly homepage?: string
  readonly repository?: unknown
  readonly bugs?: unknown
}

/** One text file, its path relative to the root of the workspace. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** One package under `packages/` or `examples/`. */
export interface Package {
  /** The name of its folder. For a package under `packages/` it is the package name without the scope. */
  readonly folder: string
  readonly manifest: Manifest
  readonly sources: ReadonlyArray<SourceFile>
  readonly tests: ReadonlyArray<SourceFile>
}

export interface Workspace {
  readonly root: string
  /** The names at the top level. */
  readonly entries: ReadonlyArray<string>
  /** The folders under `packages/`. */
  readonly packages: ReadonlyArray<Package>
  /** The folders under `examples/`. */
  readonly examples: ReadonlyArray<Package>
  /** All Markdown files, changesets included. */
  readonly documents: ReadonlyArray<SourceFile>
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
  packages: packagesBelow(at, 'packages'),
  examples: packagesBelow(at, 'examples'),
  documents: [
    ...readdirSync(at)
      .filter((name) => name.endsWith('.md'))
      .map((name) => readSource(at, join(at, name))),
    ...['.changeset', '.github', 'docs', 'examples', 'packages'].flatMap((folder) =>
      textsBelow(at, join(at, folder), '.md'),
    ),
  ],
})

const packagesBelow = (at: string, group: string): ReadonlyArray<Package> => {
  if (!existsSync(join(at, group))) return []
  return readdirSync(join(at, group), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readPackage(at, join(group, entry.name), entry.name))
}

const readPackage = (at: string, path: string, folder: string): Package => {
  const home = join(at, path)
  return {
    folder,
    manifest: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')),
    sources: textsBelow(at, join(home, 'src'), '.ts'),
    tests: [
      ...textsBelow(at, join(home, 'test'), '.ts'),
      ...textsBelow(at, join(home, 'type-test'), '.ts'),
    ],
  }
}

const textsBelow = (at: string, folder: string, extension: string): ReadonlyArray<SourceFile> =>
  filesBelow(folder, (path) => path.endsWith(extension)).map((path) => readSource(at, path))

const readSource = (at: string, path: string): SourceFile => ({
  path: relative(at, path).replaceAll('\\', '/'),
  text: readFileSync(path, 'utf8'),
})
