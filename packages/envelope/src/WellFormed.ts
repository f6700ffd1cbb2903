/**
 * JSON text whose strings and keys are well-formed Unicode. `JSON.stringify` writes a lone surrogate as an escape
 * that the server's parser refuses, and with it the whole payload (`packages/core/src/logs/internal.ts` of
 * getsentry/sentry-javascript tells of it).
 */

// encoding

/** Prints a value as JSON on one line; lone surrogates become U+FFFD. `undefined` prints as null. */
export const stringify = (value: unknown): string => repair(JSON.stringify(value) ?? 'null')

/**
 * Replaces the escapes of surrogates in JSON text. `JSON.stringify` writes pairs as they are, so that every such
 * escape is a lone one; the backslash of an escape is never itself escaped, so escapes are read one by one.
 */
const repair = (json: string): string =>
  json.includes('\\ud')
    ? json.replace(/\\(?:ud[89a-f][0-9a-f]{2}|u[0-9a-f]{4}|.)/g, toReplacement)
    : json

const toReplacement = (sequence: string): string =>
  sequence.startsWith('\\ud') && sequence >= '\\ud8' ? '\ufffd' : sequence
