/** The imports of a source file, read by the TypeScript compiler's own scanner. */
import { posix } from 'node:path'
import ts from 'typescript'
import { perFile } from './perFile.ts'
import type { Manifest, SourceFile } from './Workspace.ts'

// constructors

/** The module specifiers of a file, static and dynamic, as they are written. */
export const of: (file: SourceFile) => ReadonlyArray<string> = perFile(({ text }) =>
  ts.preProcessFile(text, true, true).importedFiles.map((imported) => imported.fileName),
)

// guards

/** Whether a subpath import (`#fetch`) leads to files of the package itself, under every condition. */
export const isOwn = (manifest: Manifest, specifier: string): boolean => {
  const targets = targetsOf(manifest.imports?.[specifier])
  return targets.length > 0 && targets.every((target) => target.startsWith('./'))
}

const targetsOf = (conditions: unknown): ReadonlyArray<string> =>
  typeof conditions === 'string' ? [conditions] : Object.values(conditions ?? {}).flatMap(targetsOf)

// decoding

/** The package that a specifier names: `undici` of `undici/x`, `fp-ts` of `#fp-ts/Either`; `undefined` if relative. */
export const packageOf = (specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return undefined
  const path = specifier.startsWith('#') ? specifier.slice(1) : specifier
  const parts = path.split('/')
  return path.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]
}

/** The file that a relative specifier refers to, relative to the root of the workspace. */
export const resolve = (file: SourceFile, specifier: string): string =>
  posix.join(posix.dirname(file.path), specifier)
