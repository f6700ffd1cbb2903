/**
 * The reason why bytes are not an envelope. `at` is the offset of the first byte of the invalid part.
 *
 * @example
 * ```ts
 * import * as EnvelopeError from '@sentry-exporter/envelope/EnvelopeError'
 *
 * console.log(EnvelopeError.show({ _tag: 'NoType', at: 3 })) // byte 3: the header of the item has no type
 * ```
 */

// model

export type EnvelopeError =
  /** The first line, or the header of an item, is not a JSON object. */
  | { readonly _tag: 'BadHeader'; readonly part: 'envelope' | 'item'; readonly at: number }
  /** An item's header has no `type`. */
  | { readonly _tag: 'NoType'; readonly at: number }
  /** The `length` of an item is not a whole number of at least 0. */
  | { readonly _tag: 'BadLength'; readonly at: number }
  /** The bytes end before the payload. */
  | { readonly _tag: 'Truncated'; readonly at: number; readonly missing: number }
  /** No line break follows a payload of the length in its header. */
  | { readonly _tag: 'Overlong'; readonly at: number }

// encoding

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
