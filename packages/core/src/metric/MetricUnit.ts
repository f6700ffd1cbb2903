/**
 * The units of Sentry, and how those of OpenTelemetry become them. Sources: ucum.org for the codes;
 * `relay-metrics/src/unit.rs` of getsentry/relay for the names, of which all others are stored as `none`.
 *
 * @example
 * ```ts
 * import { MetricUnit } from '@sentry-exporter/core'
 *
 * console.log(MetricUnit.of('ms', 'job.duration')) // { unit: 'millisecond', isExact: true }
 * console.log(MetricUnit.of('By/s', 'disk.speed')) // { unit: undefined, isExact: false }
 * ```
 */

// model

export interface MetricUnit {
  /** `undefined` for none. */
  readonly unit: string | undefined
  /** Whether the unit of the sender has no more information. */
  readonly isExact: boolean
}

const PREFIXES: ReadonlyArray<readonly [code: string, name: string]> = [
  ['', ''],
  ['k', 'kilo'],
  ['K', 'kilo'],
  ['M', 'mega'],
  ['G', 'giga'],
  ['T', 'tera'],
  ['P', 'peta'],
  ['E', 'exa'],
  ['Ki', 'kibi'],
  ['Mi', 'mebi'],
  ['Gi', 'gibi'],
  ['Ti', 'tebi'],
  ['Pi', 'pebi'],
  ['Ei', 'exbi'],
]

/** By the code of UCUM. */
const UNITS: ReadonlyArray<readonly [code: string, name: string]> = [
  ['ns', 'nanosecond'],
  ['us', 'microsecond'],
  ['ms', 'millisecond'],
  ['s', 'second'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['wk', 'week'],
  ['bit', 'bit'],
  ...PREFIXES.map(([code, name]) => [`${code}By`, `${name}byte`] as const),
]

/** Codes, and the words of senders that do not use UCUM: names, also in the plural, and symbols of bytes. */
const NAMES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ...UNITS,
  ...UNITS.flatMap(([, name]) => [[name, name] as const, [`${name}s`, name] as const]),
  ...PREFIXES.map(([code, name]) => [`${code}B`, `${name}byte`] as const),
  ['%', 'percent'],
  ['percent', 'percent'],
  ['ratio', 'ratio'],
])

/** Utilizations are fractions of 1. Source: OpenTelemetry, "Metrics semantic conventions", instrument naming. */
const UTILIZATION = /[._]utilization$/

const ANNOTATION = /\{[^{}]*\}/g

// constructors

/** From a unit in UCUM. Annotations such as `{request}` are no units. */
export const of = (ucum: string, metricName: string): MetricUnit => {
  const given = ucum.trim()
  if (given === '' || given === '1') {
    const isRatio = given === '1' && UTILIZATION.test(metricName)
    return { unit: isRatio ? 'ratio' : undefined, isExact: true }
  }
  const code = given.replace(ANNOTATION, '')
  const unit = NAMES.get(code)
  return { unit, isExact: unit !== undefined && code === given }
}
