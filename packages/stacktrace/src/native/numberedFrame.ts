/** A frame of a native stack. A line may have a number, which is its depth: 0 is the call that threw. */
import * as StackFrame from '../StackFrame.ts'

// model

export interface NumberedFrame {
  readonly number: number | undefined
  readonly frame: StackFrame.StackFrame
}

/** The parts of a line of a native stack, each as the text has it. */
export interface NativeParts {
  readonly number?: string | undefined
  readonly symbol?: string | undefined
  readonly filename?: string | undefined
  readonly lineno?: string | undefined
  readonly colno?: string | undefined
  readonly image?: string | undefined
  readonly address?: string | undefined
}

// constructors

export const make = (parts: NativeParts, isInApp: boolean): NumberedFrame => ({
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

// transformations

/**
 * The frames of the first stack in the text, the oldest first. The numbers show the order of the text; without them the call
 * that threw is first. If the first number appears again, the stack of another thread starts there.
 */
export const oldestFirst = (
  numbered: ReadonlyArray<NumberedFrame>,
): ReadonlyArray<StackFrame.StackFrame> => {
  const numbers = numbered.map(({ number }) => number)
  const first = numbers.findIndex((number) => number !== undefined)
  const again = first < 0 ? -1 : numbers.indexOf(numbers[first], first + 1)
  const stack = again < 0 ? numbered : numbered.slice(0, again)
  const frames = stack.map(({ frame }) => frame)
  const depths = numbers.slice(0, stack.length).filter((number) => number !== undefined)
  return (depths.at(0) ?? 0) > (depths.at(-1) ?? 0) ? frames : frames.reverse()
}
