/**
 * The id of an event: 32 lower-case hexadecimal digits. The brand equals that of `EventId` in core.
 *
 * @example
 * ```ts
 * import * as EventId from '@sentry-exporter/envelope/EventId'
 *
 * console.log(EventId.parse('9EC79C33-EC99-42AB-8353-589FCB2E04DC')) // 9ec79c33ec9942ab8353589fcb2e04dc
 * ```
 */

// model

export type EventId = string & { readonly _brand: 'EventId' }

// decoding

/** A UUID, with or without dashes; `undefined` for other text. */
export const parse = (text: string): EventId | undefined => {
  const bare = text.replaceAll('-', '').toLowerCase()
  // The pattern is the definition of the brand.
  return /^[0-9a-f]{32}$/.test(bare) ? (bare as EventId) : undefined
}
