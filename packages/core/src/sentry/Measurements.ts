/**
 * Numbers that Sentry shows beside a transaction: those that Sentry's SDKs record as span events, and web vitals as
 * OpenTelemetry records them. Source: `packages/core/src/tracing/measurement.ts` of getsentry/sentry-javascript;
 * OpenTelemetry semantic conventions, "browser.web_vital".
 */
import * as Attributes from '../model/Attributes.ts'
import { characters, counts } from '../model/ServerLimits.ts'
import type { Span } from '../model/Span.ts'
import type { SpanEvent } from '../model/SpanEvent.ts'
import * as Repairs from '../size/Repairs.ts'

// model

interface Measurement {
  readonly value: number
  /** `millisecond`, `byte`, `ratio` or another unit of Sentry; `none` without a unit. */
  readonly unit: string
}

export interface Measurements {
  readonly [name: string]: Measurement
}

interface Named extends Measurement {
  readonly name: string
}

// constructors

const WEB_VITAL = /^(browser\.)?web[-_]?vitals?$/

const VITALS: ReadonlySet<string> = new Set(['cls', 'fcp', 'fid', 'inp', 'lcp', 'ttfb'])

/** `relay-event-normalization/src/event.rs` of getsentry/relay: other names are removed. */
const NAME = /^[a-zA-Z][a-zA-Z0-9_.]{0,199}$/

/**
 * The measurements of a span; `undefined` if it has none. If a name occurs twice, the last value counts. The server keeps ten that
 * it does not know itself: others are left out and counted.
 */
export const ofSpan = (
  { events }: Pick<Span, 'events'>,
  repairs: Repairs.Repairs = Repairs.start(),
): Measurements | undefined => {
  let found: Record<string, Measurement> | undefined
  let custom = 0
  for (const event of events) {
    const one = explicit(event) ?? webVital(event)
    if (one === undefined) continue
    const isNew = found?.[one.name] === undefined && !VITALS.has(one.name)
    if (
      !NAME.test(one.name) ||
      !Number.isFinite(one.value) ||
      one.name.length + one.unit.length > characters.measurement ||
      (isNew && custom === counts.customMeasurements)
    ) {
      repairs.field++
      continue
    }
    if (isNew) custom++
    found ??= {}
    found[one.name] = { value: one.value, unit: one.unit }
  }
  return found
}

const explicit = ({ name, attributes }: SpanEvent): Named | undefined => {
  const value = attributes['sentry.measurement_value']
  if (typeof value !== 'number') return undefined
  const unit = Attributes.text(attributes, 'sentry.measurement_unit')
  return { name, value, unit: unit === undefined || unit === '' ? 'none' : unit.slice(0, 64) }
}

const webVital = ({ name, attributes }: SpanEvent): Named | undefined => {
  if (!WEB_VITAL.test(name)) return undefined
  const vital = Attributes.firstText(attributes, ['name', 'web_vital.name'])?.toLowerCase()
  const value = attributes['value'] ?? attributes['web_vital.value']
  return vital === undefined || typeof value !== 'number' || !VITALS.has(vital)
    ? undefined
    : { name: vital, value, unit: vital === 'cls' ? 'none' : 'millisecond' }
}
