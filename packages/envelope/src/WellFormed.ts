/**
 * JSON text whose strings and keys are well-formed Unicode. `JSON.stringify` escapes a lone surrogate, and the server's parser
 * refuses the whole payload for such an escape. Source: `packages/core/src/logs/internal.ts` of getsentry/sentry-javascript.
 *
 * @example
 * ```ts
 * import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
 *
 * console.log(WellFormed.stringify('\ud800!') === '"\ufffd!"') // true
 * ```
 */

// encoding

/** JSON on one line. Lone surrogates become U+FFFD; `undefined` becomes null. */
export const stringify = (value: unknown): string => repair(JSON.stringify(value) ?? 'null')

/**
 * Replaces the escapes of surrogates in JSON text. `JSON.stringify` does not escape surrogate pairs, so every such escape is a
 * lone one. The pattern matches one escape at a time, so that an escaped backslash is not read as the start of another.
 */
export const repair = (json: string): string =>
  json.includes('\\ud')
    ? json.replace(/\\(?:ud[89a-f][0-9a-f]{2}|u[0-9a-f]{4}|.)/g, toReplacement)
    : json

const toReplacement = (sequence: string): string =>
  sequence.startsWith('\\ud') && sequence >= '\\ud8' ? '\ufffd' : sequence
