/** A JavaScript runtime, and how it runs a program. */

// model

/** A module that defines `run`, an asynchronous function from text to text. */
export interface Program {
  readonly source: string
  /** Where the packages that it imports are found. */
  readonly folder: string
}

export interface Runtime {
  readonly name: string
  /** The conditions of the packages that it loads. */
  readonly conditions: ReadonlyArray<string>
  /** Why it cannot be tried on this machine; `undefined` if it can. */
  readonly missing: () => string | undefined
  /** The result of `run(input)` of the program. */
  readonly run: (program: Program, input: string) => Promise<string>
}

// constructors

/** A program without an end fails after this time. Milliseconds. */
export const LIMIT_MILLIS = 90_000
