/**
 * Which requests a JSON object contains, by its keys: a request itself, a part of one without the request around it, or a
 * request inside the answer of another program. All become requests of the current form.
 *
 * Sources: `opentelemetry/proto/trace/v1/trace.proto` at 0.14 and later for the older names; grafana.com/docs/tempo ("API") for
 * `batches` and `trace`; the gateway of gRPC to JSON for `result`.
 */
import * as Groups from './Groups.ts'
import * as MetricDecoder from './MetricDecoder.ts'
import * as Scalar from './Scalar.ts'

// model

/** The names of one signal's levels, the current one first. */
export interface Names {
  readonly resources: ReadonlyArray<string>
  readonly scopes: ReadonlyArray<string>
  readonly items: ReadonlyArray<string>
}

export interface RequestShape {
  readonly traces: Scalar.JsonFields
  readonly logs: Scalar.JsonFields
  readonly metrics: Scalar.JsonFields
}

// constructors

export const TRACES: Names = /* @__PURE__ */ Object.freeze({
  resources: /* @__PURE__ */ Object.freeze(['resourceSpans', 'resource_spans', 'batches']),
  scopes: /* @__PURE__ */ Object.freeze([
    'scopeSpans',
    'scope_spans',
    'instrumentationLibrarySpans',
    'instrumentation_library_spans',
  ]),
  items: /* @__PURE__ */ Object.freeze(['spans']),
})

export const LOGS: Names = /* @__PURE__ */ Object.freeze({
  resources: /* @__PURE__ */ Object.freeze(['resourceLogs', 'resource_logs']),
  scopes: /* @__PURE__ */ Object.freeze([
    'scopeLogs',
    'scope_logs',
    'instrumentationLibraryLogs',
    'instrumentation_library_logs',
  ]),
  items: /* @__PURE__ */ Object.freeze(['logRecords', 'log_records', 'logs']),
})

export const METRICS: Names = /* @__PURE__ */ Object.freeze({
  resources: /* @__PURE__ */ Object.freeze(['resourceMetrics', 'resource_metrics']),
  scopes: /* @__PURE__ */ Object.freeze([
    'scopeMetrics',
    'scope_metrics',
    'instrumentationLibraryMetrics',
    'instrumentation_library_metrics',
  ]),
  items: /* @__PURE__ */ Object.freeze(['metrics']),
})

const NONE: Scalar.JsonFields = /* @__PURE__ */ Object.freeze({})

/** The name in the answers of Grafana Tempo, which is too common to be enough by itself. */
const TEMPO = 'batches'

const WRAPPERS = ['trace', 'result']

/** Wrappers that may be inside each other. */
const MAX_WRAPPERS = 3

/** `undefined` for a value that is no part of OTLP. An empty object is an empty request. */
export const of = (value: unknown, level = 0): RequestShape | undefined => {
  if (!Scalar.isFields(value)) return undefined
  const traces = signal(TRACES, value, isSpan)
  const logs = signal(LOGS, value, isLogRecord)
  const metrics = signal(METRICS, value, isMetric)
  if (traces !== undefined || logs !== undefined || metrics !== undefined) {
    return { traces: traces ?? NONE, logs: logs ?? NONE, metrics: metrics ?? NONE }
  }
  if (isSpan(value) && 'traceId' in value) {
    return of({ scope: {}, spans: [value] })
  }
  const wrapper =
    level < MAX_WRAPPERS ? WRAPPERS.find((name) => Scalar.isFields(value[name])) : undefined
  if (wrapper !== undefined) {
    const inner = of(value[wrapper], level + 1)
    if (inner !== undefined) return inner
  }
  return isEmpty(value) ? { traces: NONE, logs: NONE, metrics: NONE } : undefined
}

/** A request of one signal, if the value is one or a part of one. */
const signal = (
  { resources, scopes, items }: Names,
  value: Scalar.JsonFields,
  isItem: (one: Scalar.JsonFields) => boolean,
): Scalar.JsonFields | undefined => {
  if (resources.some((name) => name in value && (name !== TEMPO || isTempo(value)))) return value
  const [resourceName = '', scopeName = ''] = [resources[0], scopes[0]]
  if (scopes.some((name) => name in value)) return { [resourceName]: [value] }
  const name = Groups.nameIn(value, items)
  const list = name === undefined ? undefined : value[name]
  const first = Array.isArray(list) ? list[0] : undefined
  const isPart = Scalar.isFields(first) && (isItem(first) || hasScope(value, first))
  return isPart ? { [resourceName]: [{ [scopeName]: [value] }] } : undefined
}

/** Spans of a scope whose first has no time. */
const hasScope = (value: Scalar.JsonFields, first: Scalar.JsonFields): boolean =>
  Groups.nameIn(value, Groups.SCOPE) !== undefined && ('spanId' in first || 'span_id' in first)

const isTempo = (value: Scalar.JsonFields): boolean => {
  const list = value[TEMPO]
  const first = Array.isArray(list) ? list[0] : undefined
  return Scalar.isFields(first) && Groups.nameIn(first, TRACES.scopes) !== undefined
}

/** An empty request. */
export const isEmpty = (value: unknown): boolean =>
  Scalar.isFields(value) && Object.keys(value).length === 0

/** Spans of other formats have other keys: `spanID` in Jaeger, `id` in Zipkin. */
const isSpan = (value: Scalar.JsonFields): boolean =>
  ('spanId' in value && 'startTimeUnixNano' in value) ||
  ('span_id' in value && 'start_time_unix_nano' in value)

const isLogRecord = (value: Scalar.JsonFields): boolean =>
  ['timeUnixNano', 'observedTimeUnixNano', 'time_unix_nano', 'observed_time_unix_nano'].some(
    (name) => name in value,
  )

const isMetric = (value: Scalar.JsonFields): boolean =>
  'name' in value && MetricDecoder.kindKeyIn(value) !== undefined
