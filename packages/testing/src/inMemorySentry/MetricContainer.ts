/**
 * Metrics. Source: `relay-server/src/processing/trace_metrics`, `relay-event-schema/src/protocol/trace_metric/mod.rs`,
 * `relay-event-normalization/src/eap/trace_metric.rs` of getsentry/relay; `rust_snuba/src/processors/eap_items.rs` of getsentry/snuba
 * for the rate.
 */
import * as Fields from './Fields.ts'
import * as ItemAttributes from './ItemAttributes.ts'
import * as ItemContainer from './ItemContainer.ts'
import * as Verdict from './Verdict.ts'

// model

const TYPES: ReadonlySet<unknown> = new Set(['counter', 'distribution', 'gauge'])

/** Others are stored as `none`. */
const UNITS: ReadonlySet<unknown> = new Set([
  '',
  'none',
  ...['ns', 'nanosecond', 'microsecond', 'ms', 'millisecond', 's', 'second', 'minute', 'hour'],
  ...['day', 'week', 'bit', 'byte', 'ratio', 'percent'],
  ...['kilo', 'mega', 'giga', 'tera', 'peta', 'exa'].map((prefix) => `${prefix}byte`),
  ...['kibi', 'mebi', 'gibi', 'tebi', 'pebi', 'exbi'].map((prefix) => `${prefix}byte`),
])

/** The storage gives an item the weight of its reciprocal. */
const RATE_KEY = 'sentry.client_sample_rate'

// folds

export const judge: ReturnType<typeof ItemContainer.judge> = ItemContainer.judge({
  contentType: 'application/vnd.sentry.items.trace-metric+json',
  maxBytes: 1024 * 1024,
  isWhole: ({ name, type, value }) =>
    typeof name === 'string' &&
    name.trim() !== '' &&
    TYPES.has(type) &&
    typeof value === 'number' &&
    Number.isFinite(value),
  bytesOf: ({ name, value }) => ItemAttributes.valueBytes(name) + ItemAttributes.valueBytes(value),
  cuts: ({ attributes, name, unit }, path) => [
    ...Verdict.unless(/^[\w.]*$/.test(String(name)), `${path}.name`, 'renamed'),
    ...Verdict.unless(Fields.isAbsent(unit) || UNITS.has(unit), `${path}.unit`, 'invalid'),
    ...Verdict.unless(
      isRate(Fields.field(attributes, RATE_KEY)),
      `${path}.attributes.${RATE_KEY}`,
      'invalid',
    ),
  ],
})

// guards

/** Other values of the right type are stored, and are no weight. */
const isRate = (attribute: unknown): boolean => {
  const rate = Fields.field(attribute, 'value')
  const isNumber = typeof rate === 'number'
  return isNumber ? rate > 0 && rate <= 1 : !ItemAttributes.isAttribute(attribute)
}
