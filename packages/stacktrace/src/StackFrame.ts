/**
 * One call in a stack, with the keys of Sentry's protocol.
 *
 * Source: `relay-event-schema/src/protocol/stacktrace.rs` of getsentry/relay. A frame needs at least one of
 * `filename`, `function` and `instruction_addr`; lines and columns count from 1.
 */

// model

export interface StackFrame {
  /** The function as the platform's Sentry SDK writes it; `?` where it has no name. */
  readonly function?: string
  /** What holds the function: a class, a module, a package path. Grouping prefers it to the file. */
  readonly module?: string
  /** The file as the text has it, without `file://` and with its escapes decoded. */
  readonly filename?: string
  /** The whole path or URL, where `filename` is a short one. */
  readonly abs_path?: string
  readonly lineno?: number
  readonly colno?: number
  /** Whether it is the application's own code; absent where that cannot be told. */
  readonly in_app?: boolean
  /** The line of source that the text shows. */
  readonly context_line?: string
  /** The library or image that holds the code (native platforms). */
  readonly package?: string
  /** An address in hexadecimal with `0x` (native platforms). */
  readonly instruction_addr?: string
}

/** What may be known of a call. */
export type Parts = { readonly [Key in keyof StackFrame]?: StackFrame[Key] | undefined }

// constructors

/** A frame of what is known: the parts that are `undefined` are left out. */
export const make = (parts: Parts): StackFrame => {
  // hot: once for each call, so no lists of entries are made.
  const made: Draft = {}
  for (const key in parts) {
    // The keys of an object literal are those of its type.
    const part = parts[key as keyof StackFrame]
    if (part !== undefined) set(made, key as keyof StackFrame, part)
  }
  return made
}

/** A frame while it is made. */
type Draft = { -readonly [Key in keyof StackFrame]?: StackFrame[Key] }

const set = <Key extends keyof StackFrame>(made: Draft, key: Key, part: Draft[Key]): void => {
  made[key] = part
}
