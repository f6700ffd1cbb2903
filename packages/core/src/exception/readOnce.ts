/** Reads the stack of each exception once in a step: several parts of capture need it. */
import type { RecordedException } from './RecordedException.ts'
import type { ReadStack } from './readStack.ts'

// model

export type ReadOnce = (exception: RecordedException) => ReadStack

/** Mutable; one owner, who forgets the results after each step: exceptions are remembered for long, and frames are larger. */
export interface StackReader {
  readonly read: ReadOnce
  readonly forget: () => void
}

// constructors

export const readOnce = (read: ReadOnce): StackReader => {
  let results = new Map<RecordedException, ReadStack>()
  return {
    read: (exception) => {
      const known = results.get(exception)
      if (known !== undefined) return known
      const result = read(exception)
      results.set(exception, result)
      return result
    },
    forget: () => {
      if (results.size > 0) results = new Map()
    },
  }
}
