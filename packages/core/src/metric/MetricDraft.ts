/** The values of a point as Sentry's metric items, each in two parts. */
import { type Redactor, redactor, WITHOUT_SPAN } from '../filter/redact.ts'
import * as Sensitive from '../filter/Sensitive.ts'
import { byteLength } from '../internal/text/byteLength.ts'
import { cutBytes } from '../internal/text/cutBytes.ts'
import { fitAttributes } from '../item/fitAttributes.ts'
import type { ItemDraft } from '../item/itemPrinter.ts'
import { itemTraceId } from '../item/itemTraceId.ts'
import { SEQUENCE_KEY } from '../item/keptAttributes.ts'
import * as SharedAttributes from '../item/SharedAttributes.ts'
import * as TypedAttribute from '../item/TypedAttribute.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import * as Json from '../model/Json.ts'
import type { Exemplar, MetricPoint } from '../model/Metric.ts'
import * as Micros from '../model/Micros.ts'
import * as Repairs from '../size/Repairs.ts'
import { distributionValues } from './distributionValues.ts'
import { type MetricHead, RATE_KEY } from './MetricItem.ts'
import type { ReadyPoint } from './MetricState.ts'
import * as MetricUnit from './MetricUnit.ts'
import { metricFacts } from './metricFacts.ts'
import * as Totals from './Totals.ts'
import { type Weight, weightsOf } from './weights.ts'

// model

type MetricDraft = ItemDraft<MetricHead>

export interface MetricDrafts {
  readonly drafts: ReadonlyArray<MetricDraft>
  /** Whether there are more values than items can state. */
  readonly isCut: boolean
}

/** The server rejects an item above 1 MiB. */
export const MAX_OWN_BYTES: number = 256 * 1024

/** In bytes. Names that are shown have some ten characters. */
export const MAX_NAME_BYTES = 1_000

/** One value of a point. */
interface Value {
  readonly value: number
  readonly weight: Weight
  readonly exemplar?: Exemplar | undefined
}

const ONE: Weight = { weight: 1, rate: 1 }

// constructors

/** The drafts of a point. An increase of zero has none. */
export const of = (
  mapping: Mapping,
  maxBuckets: number,
  privacy: Sensitive.Privacy = Sensitive.defaults,
  repairs: Pick<Repairs.Repairs, 'field'> = Repairs.start(),
): ((ready: ReadyPoint) => MetricDrafts) => {
  const redact = redactor(privacy)
  const sharedOf = SharedAttributes.byOwner({ mapping, redact, repairs }, metricFacts)
  return (ready) => {
    const { values, isCut } = valuesOf(ready, maxBuckets)
    if (values.length === 0) return { drafts: [], isCut }
    const { resource, scope } = ready.from
    const shared = sharedOf(resource, scope)
    const ofPoint = attributesOf(redact, ready)
    const drafts = values.map((value) => draftOf(redact, ready, { value, ofPoint, shared }))
    return { drafts, isCut }
  }
}

interface Values {
  readonly values: ReadonlyArray<Value>
  readonly isCut: boolean
}

const valuesOf = ({ observed }: ReadyPoint, maxBuckets: number): Values => {
  const { totals, type } = observed
  // One that links to no trace would cost an item, and add nothing to its bucket.
  const exemplars = observed.exemplars.filter(({ traceId }) => traceId !== undefined)
  if (totals._tag === 'Number') {
    if (type === 'counter' && totals.value === 0) return { values: [], isCut: false }
    const value = { value: totals.value, weight: ONE, exemplar: exemplars.at(-1) }
    return { values: [value], isCut: false }
  }
  const { count, sum, min, max } = totals
  const increase = { count, sum, min, max, exemplars, buckets: Totals.bucketsOf(totals) }
  let isCut = false
  const values = distributionValues(increase, maxBuckets).flatMap(
    ({ value, count: times, exemplar }): ReadonlyArray<Value> => {
      const { weights, rest } = weightsOf(times)
      const isKnown = Number.isFinite(value)
      if (rest > 0 || !isKnown) isCut = true
      return isKnown ? weights.map((weight) => ({ value, weight, exemplar })) : []
    },
  )
  // Measurements of which neither a sum nor a bucket is known.
  return { values, isCut: isCut || (values.length === 0 && count > 0) }
}

type Own = Readonly<Record<string, TypedAttribute.TypedAttribute>>

/** The attributes that all values of a point have. */
const attributesOf = (redact: Redactor, { point, unit, name }: ReadyPoint): Own => {
  const own: Record<string, TypedAttribute.TypedAttribute> = {}
  addAll(own, redact, point)
  const { timeNanos = 0 } = point
  if (timeNanos > 0) own[SEQUENCE_KEY] = { value: timeNanos, type: 'integer' }
  if (!MetricUnit.of(unit, name).isExact) own['otel.unit'] = TypedAttribute.text(unit)
  return own
}

/** Adds the attributes of a sender, without those that the server takes as facts about the item. */
const addAll = (
  own: Record<string, TypedAttribute.TypedAttribute>,
  redact: Redactor,
  { attributes, doubles = [] }: Pick<MetricPoint, 'attributes' | 'doubles'>,
): void => {
  const redacted = redact.attributes(attributes, WITHOUT_SPAN)
  for (const key of Object.keys(redacted)) {
    const value = redacted[key]
    if (value !== undefined) Json.set(own, key, TypedAttribute.of(value, doubles.includes(key)))
  }
  delete own[RATE_KEY]
  delete own[SEQUENCE_KEY]
}

interface DraftParts {
  readonly value: Value
  readonly ofPoint: Own
  readonly shared: SharedAttributes.SharedAttributes
}

const draftOf = (
  redact: Redactor,
  ready: ReadyPoint,
  { value, ofPoint, shared }: DraftParts,
): MetricDraft => {
  const fitted = fitAttributes(ownAttributes(redact, ready, { value, ofPoint }), MAX_OWN_BYTES)
  const head = headOf(ready, value)
  return {
    head,
    own: fitted.attributes,
    shared,
    bytes: byteLength(head.name) + NUMBER_BYTES + shared.bytes + fitted.bytes,
    isTrimmed: fitted.isTrimmed || shared.isTrimmed || head.name !== ready.name,
  }
}

/** The attributes of an exemplar are those of its value; a counter and a gauge only have its trace. */
const ownAttributes = (
  redact: Redactor,
  { observed }: ReadyPoint,
  { value: { exemplar, weight }, ofPoint }: Pick<DraftParts, 'ofPoint' | 'value'>,
): Own => {
  const isMeasured = exemplar !== undefined && observed.type === 'distribution'
  if (!isMeasured && weight.weight === 1) return ofPoint
  const own: Record<string, TypedAttribute.TypedAttribute> = {}
  if (isMeasured) addAll(own, redact, exemplar)
  for (const [key, attribute] of Object.entries(ofPoint)) Json.set(own, key, attribute)
  if (weight.weight > 1) own[RATE_KEY] = { value: weight.rate, type: 'double' }
  return own
}

const NUMBER_BYTES = 8

const headOf = ({ from, name, unit, point, observed }: ReadyPoint, value: Value): MetricHead => {
  const { exemplar } = value
  const traceId = exemplar?.traceId
  return {
    timestamp: Micros.toSeconds(point.timeMicros),
    trace_id: traceId ?? itemTraceId('metrics', from.resource.service, point.timeMicros),
    span_id: traceId === undefined ? undefined : exemplar?.spanId,
    name: cutBytes(name, MAX_NAME_BYTES),
    type: observed.type,
    value: value.value,
    unit: MetricUnit.of(unit, name).unit,
  }
}
