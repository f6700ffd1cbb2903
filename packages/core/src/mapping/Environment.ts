/**
 * The environment of an event. The server refuses one that is longer than 64 bytes, contains a slash or a line break, or is
 * `none`, `.` or `..` (`sentry-release-parser`, used by getsentry/relay). A blank within it is valid.
 *
 * @example
 * ```ts
 * import { Environment, Resource } from '@sentry-exporter/core'
 *
 * console.log(Environment.of(Resource.of({ 'deployment.environment.name': 'staging' }))) // staging
 * console.log(Environment.repair('eu/west 1\n'), Environment.repair('None')) // eu-west 1 undefined
 * ```
 */

import { cutBytes } from '../internal/text/cutBytes.ts'
import * as Attributes from '../model/Attributes.ts'
import type { Resource } from '../model/Resource.ts'
import { bytes } from '../model/ServerLimits.ts'

// constructors

const KEYS = ['sentry.environment', 'deployment.environment.name', 'deployment.environment']

const REFUSED: ReadonlySet<string> = new Set(['', '.', '..', 'none'])

/** An environment that the server accepts: refused characters become `-`. `undefined` if nothing is left. */
export const repair = (text: string): string | undefined => {
  const repaired = cutBytes(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are replaced
    text.trim().replace(/[/\\\u0000-\u001f\u007f\u0085\u2028\u2029]/g, '-'),
    bytes.environment,
  ).trim()
  return REFUSED.has(repaired.toLowerCase()) ? undefined : repaired
}

/** From `sentry.environment`, `deployment.environment.name`, or its older name without the suffix. */
export const of = (resource: Resource): string | undefined =>
  Attributes.firstText(resource.attributes, KEYS)
