/**
 * The id of a Sentry event: 32 lower-case hexadecimal digits. Made from content, so that the same spans give the
 * same id: the server drops an event whose id it has seen within the hour.
 */

// model

export type EventId = string & { readonly _brand: 'EventId' }
