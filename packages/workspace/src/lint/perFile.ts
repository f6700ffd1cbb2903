/** Several rules read the same facts of a file, and tests inspect the same files many times. */
import type { SourceFile } from './Workspace.ts'

/** The same function, computed once for each file as long as the file is in use. */
export const perFile = <A>(of: (file: SourceFile) => A): ((file: SourceFile) => A) => {
  const cache = new WeakMap<SourceFile, { readonly value: A }>()
  return (file) => {
    const known = cache.get(file)
    if (known !== undefined) return known.value
    const value = of(file)
    cache.set(file, { value })
    return value
  }
}
