/** An exception of a JVM trace while its lines are read, and the result. */
import type { ParsedException } from '../ParsedException.ts'
import type { StackFrame } from '../StackFrame.ts'

// model

export interface JvmException {
  readonly type: string
  /** The lines of the message. If its end is not known, lines are added until the first frame. */
  readonly value: Array<string>
  /** The call that threw first. */
  readonly frames: Array<StackFrame>
  readonly indent: number
  readonly parent: number | undefined
  readonly relation: string | undefined
  /** The number of frames that `... n more` left out. */
  more: number
  /** Whether more lines of the message may follow. */
  isOpen: boolean
}

/** The number of frames that `... n more` may add in all. */
const MAX_FILLED = 10_000

// transformations

/** Reverses a chain that starts with the root cause. */
export const outermostFirst = (
  exceptions: ReadonlyArray<JvmException>,
): ReadonlyArray<JvmException> =>
  [...exceptions]
    .reverse()
    .map((exception, i) =>
      i === 0
        ? { ...exception, parent: undefined, relation: undefined }
        : { ...exception, parent: i - 1, relation: 'cause' },
    )

/** Adds the frames that `... n more` left out, and reverses the frames. Parents precede their children. */
export const finish = (exceptions: ReadonlyArray<JvmException>): ReadonlyArray<ParsedException> => {
  const filled: Array<ReadonlyArray<StackFrame>> = []
  let left = MAX_FILLED
  return exceptions.map(({ type, value, frames, parent, relation, more }) => {
    const outer = parent === undefined ? [] : (filled[parent] ?? [])
    const count = Math.min(more, outer.length, left)
    left -= count
    const all = count === 0 ? frames : [...frames, ...outer.slice(outer.length - count)]
    filled.push(all)
    return {
      type,
      value: value.length > 1 ? value.join('\n').trimEnd() : (value[0] ?? ''),
      frames: [...all].reverse(),
      ...(parent === undefined ? {} : { parent }),
      ...(relation === undefined ? {} : { relation }),
    }
  })
}
