/**
 * Which test files share a process. Most of the time of a small file goes into the start of its process and into loading the
 * packages.
 */
import { relative, sep } from 'node:path'
import { purePackages } from '../lint/packageRules.ts'

/** Small enough that the processes of a run end at about the same time. */
const MAX_FILES = 6

/** Folders of other tests that touch nothing outside of the values that they are given. */
const SHARED: ReadonlyArray<string> = ['packages/transport/test', 'packages/workspace/test/reports']

/**
 * Groups of files, in their order. Files of one pure package, or of one of the folders above, share a process, since nothing in it
 * has a state that one test could leave to another. Every other file has a process of its own.
 */
export const fileGroups = (
  root: string,
  files: ReadonlyArray<string>,
): ReadonlyArray<ReadonlyArray<string>> => {
  const groups: Array<Array<string>> = []
  const open = new Map<string, Array<string>>()
  for (const file of files) {
    const shared = sharedFolder(relative(root, file).split(sep))
    const group = shared === undefined ? undefined : open.get(shared)
    if (group !== undefined && group.length < MAX_FILES) {
      group.push(file)
      continue
    }
    const made = [file]
    groups.push(made)
    if (shared !== undefined) open.set(shared, made)
  }
  return groups
}

/** The folder whose tests share processes; `undefined` for a file with a process of its own. */
const sharedFolder = (path: ReadonlyArray<string>): string | undefined => {
  const [folder, name = ''] = path
  if (folder === 'packages' && purePackages.has(name)) return name
  return SHARED.find((one) => path.join('/').startsWith(`${one}/`))
}
