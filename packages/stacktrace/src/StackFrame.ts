/**
 * One call in a stack, with the keys of Sentry's protocol.
 *
 * Source: `relay-event-schema/src/protocol/stacktrace.rs` of getsentry/relay. A frame needs at least one of
 * `filename`, `function` and `instruction_addr`; lines and columns count from 1.
 *
 * @example
 * ```ts
 * import * as StackFrame from '@sentry-exporter/stacktrace/StackFrame'
 *
 * const frame = StackFrame.make({ function: 'pay', filename: 'shop.js', lineno: 3, colno: undefined })
 * console.log(frame) // { function: 'pay', filename: 'shop.js', lineno: 3 }
 * ```
 */

// model

export interface StackFrame {
  /** The function as the platform's Sentry SDK writes it; `?` where it has no name. */
  readonly function?: string
  /** The class, module or package path that holds the function. Sentry's grouping prefers it to the file. */
  readonly module?: string
  /** The file as the text has it, without `file://` and with its escapes decoded. */
  readonly filename?: string
  /** The whole path or URL, where `filename` is a short one. */
  readonly abs_path?: string
  readonly lineno?: number
  readonly colno?: number
  /** Whether the code belongs to the application; absent where the text does not show it. */
  readonly in_app?: boolean
  /** The line of source that the text shows. */
  readonly context_line?: string
  /** The library or image that holds the code (native platforms). */
  readonly package?: string
  /** An address in hexadecimal with `0x` (native platforms). */
  readonly instruction_addr?: string
}

/** The fields of a frame, each of which may be unknown. */
export type FrameFields = { readonly [Key in keyof StackFrame]?: StackFrame[Key] | undefined }

/** A frame under construction. */
type MutableFrame = { -readonly [Key in keyof StackFrame]?: StackFrame[Key] }

// constructors

/** A frame of the fields that are known: those that are `undefined` are left out. */
export const make = (fields: FrameFields): StackFrame => {
  // Hot, once for each call: a loop over the keys allocates no entries.
  const frame: MutableFrame = {}
  for (const key in fields) {
    // The keys of an object literal are those of its type.
    const field = fields[key as keyof StackFrame]
    if (field !== undefined) set(frame, key as keyof StackFrame, field)
  }
  return frame
}

const set = <Key extends keyof StackFrame>(
  frame: MutableFrame,
  key: Key,
  field: MutableFrame[Key],
): void => {
  frame[key] = field
}
