/** Why bytes are no envelope, and where: `at` is the byte at which the bad part starts. */

// model

export type EnvelopeError =
  /** The first line, or the header of an item, is not a JSON object. */
  | { readonly _tag: 'BadHeader'; readonly part: 'envelope' | 'item'; readonly at: number }
  /** An item's header has no `type`. */
  | { readonly _tag: 'NoType'; readonly at: number }
  /** An item's `length` is not a whole, non-negative number. */
  | { readonly _tag: 'BadLength'; readonly at: number }
  /** The bytes end before the payload does. */
  | { readonly _tag: 'Truncated'; readonly at: number; readonly missing: number }
  /** A payload is longer than its header says: no line break follows where it should end. */
  | { readonly _tag: 'Overlong'; readonly at: number }

// destructors

export const show = (error: EnvelopeError): string => {
  switch (error._tag) {
    case 'BadHeader':
      return `byte ${error.at}: the header of the ${error.part} is not a JSON object`
    case 'NoType':
      return `byte ${error.at}: the header of the item has no type`
    case 'BadLength':
      return `byte ${error.at}: the length of the item is not a whole number`
    case 'Truncated':
      return `byte ${error.at}: the payload ends ${error.missing} bytes too early`
    case 'Overlong':
      return `byte ${error.at}: no line break where the payload should end`
  }
}
