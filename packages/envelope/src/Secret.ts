/**
 * A text that is not printed by accident: `String`, `console.log` and `JSON.stringify` do not contain it.
 *
 * @example
 * ```ts
 * import * as Secret from '@sentry-exporter/envelope/Secret'
 *
 * const secret = Secret.of('hush')
 * console.log(JSON.stringify(secret), secret.reveal()) // {} hush
 * ```
 */

// model

export interface Secret {
  /** The text. Call it only to send the text. */
  readonly reveal: () => string
}

// constructors

export const of = (text: string): Secret => ({ reveal: () => text })
