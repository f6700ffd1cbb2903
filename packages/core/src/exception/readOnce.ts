/** Reads the stack of each exception once: several steps of capture need it. */
import type { RecordedException } from './RecordedException.ts'
import type { ReadStack } from './readStack.ts'

// model

export type ReadOnce = (exception: RecordedException) => ReadStack

// constructors

/** `isUsedUp`: whether the budget of a step is used up. A stack that it cut short is read again in the next step. */
export const readOnce = (read: ReadOnce, isUsedUp: () => boolean): ReadOnce => {
  const results = new WeakMap<RecordedException, ReadStack>()
  return (exception) => {
    const known = results.get(exception)
    if (known !== undefined) return known
    const result = read(exception)
    if (!isUsedUp()) results.set(exception, result)
    return result
  }
}
