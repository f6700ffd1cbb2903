/**
 * Which test files share a process. Most of the time of a small file goes into the start of its process and into loading the
 * packages.
 */
import { relative, sep } from 'node:path'
import { purePackages } from '../lint/packageRules.ts'

/** Small enough that the processes of a run end at about the same time. */
const MAX_FILES = 6

/**
 * Groups of files, in their order. Files of one pure package share a process, since nothing in it has a state that one test
 * could leave to another. Every other file has a process of its own.
 */
export const fileGroups = (
  root: string,
  files: ReadonlyArray<string>,
): ReadonlyArray<ReadonlyArray<string>> => {
  const groups: Array<Array<string>> = []
  const open = new Map<string, Array<string>>()
  for (const file of files) {
    const [folder, name = ''] = relative(root, file).split(sep)
    const isPure = folder === 'packages' && purePackages.has(name)
    const group = isPure ? open.get(name) : undefined
    if (group !== undefined && group.length < MAX_FILES) {
      group.push(file)
      continue
    }
    const made = [file]
    groups.push(made)
    if (isPure) open.set(name, made)
  }
  return groups
}
