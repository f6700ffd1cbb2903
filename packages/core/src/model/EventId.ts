/**
 * The id of a Sentry event: 32 lower-case hexadecimal digits. It is derived from content, so that the same spans give the
 * same id: the server drops an event whose id it received within the last hour.
 *
 * @example
 * ```ts
 * import { EventId } from '@sentry-exporter/core'
 *
 * console.log(EventId.fromContent(['error', 'a']) === EventId.fromContent(['error', 'a'])) // true
 * console.log(EventId.fromContent(['ab', 'c']) === EventId.fromContent(['a', 'bc'])) // false
 * ```
 */
import * as Hash from '../internal/Hash.ts'

// model

export type EventId = string & { readonly _brand: 'EventId' }

// constructors

/** The id of an event that is made of some texts, and of some spans in any order. */
export const fromContent = (
  texts: ReadonlyArray<string>,
  members?: ReadonlyArray<{ readonly spanId: string }>,
): EventId =>
  // The digits of a 128-bit hash are those of an event id.
  Hash.hex128(texts, members) as EventId
