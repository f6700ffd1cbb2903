/** A frame of a native stack, where each line may say how deep it stands: 0 is the throwing one. */
import * as StackFrame from '../StackFrame.ts'

// model

export interface NumberedFrame {
  readonly number: number | undefined
  readonly frame: StackFrame.StackFrame
}

/** What the line of a native stack may tell, all as the text has it. */
export interface Parts {
  readonly number?: string | undefined
  readonly symbol?: string | undefined
  readonly filename?: string | undefined
  readonly lineno?: string | undefined
  readonly colno?: string | undefined
  readonly image?: string | undefined
  readonly address?: string | undefined
}

// constructors

export const make = (parts: Parts, isInApp: boolean): NumberedFrame => ({
  number: parts.number === undefined ? undefined : Number(parts.number),
  frame: StackFrame.make({
    function: parts.symbol ?? '<unknown>',
    filename: parts.filename || undefined,
    lineno: Number(parts.lineno ?? 0) || undefined,
    colno: Number(parts.colno ?? 0) || undefined,
    package: parts.image || undefined,
    instruction_addr: parts.address,
    in_app: isInApp,
  }),
})

// destructors

/**
 * The frames of the first stack in the text, the oldest first. The numbers tell which way the text runs
 * (without them the throwing frame is first), and the first number once more opens the stack of another
 * thread.
 */
export const inOrder = (
  found: ReadonlyArray<NumberedFrame>,
): ReadonlyArray<StackFrame.StackFrame> => {
  const numbers = found.map(({ number }) => number)
  const first = numbers.findIndex((number) => number !== undefined)
  const again = first < 0 ? -1 : numbers.indexOf(numbers[first], first + 1)
  const stack = again < 0 ? found : found.slice(0, again)
  const frames = stack.map(({ frame }) => frame)
  const depths = numbers.slice(0, stack.length).filter((number) => number !== undefined)
  return (depths.at(0) ?? 0) > (depths.at(-1) ?? 0) ? frames : frames.reverse()
}
