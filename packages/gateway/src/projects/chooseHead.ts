/** The head of a directory: the project whose key is in all trace headers. */
import { type Directory, type DirectoryOptions, headOf } from './Directory.ts'

// constructors

/** So often the list, and the key of its first project, are asked for before another project may be the head. */
export const MAX_AWAITED_ATTEMPTS = 3

// transformations

/** The first project of the list; if it cannot be the head, the first one that is known. */
export const chooseHead = ({ needsHead }: DirectoryOptions, state: Directory): Directory => {
  const { listing, entries, tasks } = state
  if (!needsHead || !listing.isSettled || headOf(state) !== undefined) return state
  const first = listing.first === undefined ? undefined : entries.get(listing.first)
  if (first?._tag === 'Known') return { ...state, head: listing.first }
  const attempts = tasks.get(listing.first ?? '')?.attempts ?? 0
  const isAwaited = first?._tag === 'Pending' && attempts < MAX_AWAITED_ATTEMPTS
  if (isAwaited) return state
  const [other] = [...entries].find(([, { _tag }]) => _tag === 'Known') ?? []
  return other === undefined ? state : { ...state, head: other }
}
