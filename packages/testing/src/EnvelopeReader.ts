/**
 * Reads envelopes from their bytes alone and checks their structure. Independent on purpose: it shares no code with the
 * packages that it checks.
 *
 * @example
 * ```ts
 * import { EnvelopeReader } from '@sentry-exporter/testing'
 *
 * const event = JSON.stringify({ event_id: 'a' })
 * const lines = ['{"event_id":"a"}', `{"type":"event","length":${event.length}}`, event]
 * const read = EnvelopeReader.read([new TextEncoder().encode(lines.join('\n'))])
 * console.log(read.errors) // [ 'a' ]
 * ```
 */

// model

export interface ReadSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  /** Whether no program made it: the root of a continuation of several subtrees. */
  readonly isSynthetic: boolean
}

export interface ReadTransaction {
  readonly eventId: string
  readonly name: string
  readonly root: ReadSpan
  readonly spans: ReadonlyArray<ReadSpan>
}

export interface ReadLog {
  readonly traceId: string
  readonly level: string
  readonly body: string
  /** The values of the attributes, without their types. */
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface ReadMetric {
  readonly traceId: string
  readonly name: string
  readonly type: string
  readonly value: number
  readonly unit: string | undefined
  /** How often the value counts, as Sentry computes it from the rate. */
  readonly weight: number
  /** The values of the attributes, without their types. */
  readonly attributes: Readonly<Record<string, unknown>>
}

export interface ReadEnvelopes {
  readonly transactions: ReadonlyArray<ReadTransaction>
  /** Ids of error events. */
  readonly errors: ReadonlyArray<string>
  readonly logs: ReadonlyArray<ReadLog>
  readonly metrics: ReadonlyArray<ReadMetric>
}

type Fields = Readonly<Record<string, unknown>>

// decoding

/** Throws on anything that is not an envelope of one transaction, one error, logs or metrics: it is meant for tests. */
export const read = (envelopes: ReadonlyArray<Uint8Array>): ReadEnvelopes => {
  const transactions: Array<ReadTransaction> = []
  const errors: Array<string> = []
  const logs: Array<ReadLog> = []
  const metrics: Array<ReadMetric> = []
  for (const bytes of envelopes) {
    const [header, item, payload, ...rest] = splitLines(bytes)
    if (header === undefined || item === undefined || payload === undefined || rest.length > 1) {
      throw new Error('an envelope is not three lines')
    }
    const eventId = parse(header)['event_id']
    const { type, length, item_count: count } = parse(item)
    if (length !== payload.length) {
      throw new Error(`the length is ${payload.length}, the header states ${length}`)
    }
    const event = parse(payload)
    if (event['event_id'] !== eventId) throw new Error('the header names another event')
    if (type === 'transaction') transactions.push(transactionOf(event))
    else if (type === 'event') errors.push(String(eventId))
    else if (type === 'log') logs.push(...itemsOf(event, count).map(logOf))
    else if (type === 'trace_metric') metrics.push(...itemsOf(event, count).map(metricOf))
    else throw new Error(`an item of type ${String(type)}`)
  }
  return { transactions, errors, logs, metrics }
}

const parse = (bytes: Uint8Array): Fields => JSON.parse(new TextDecoder().decode(bytes))

const splitLines = (bytes: Uint8Array): ReadonlyArray<Uint8Array> => {
  const lines: Array<Uint8Array> = []
  for (let at = 0; at <= bytes.length; ) {
    const found = bytes.indexOf(0x0a, at)
    const end = found === -1 ? bytes.length : found
    lines.push(bytes.subarray(at, end))
    at = end + 1
  }
  return lines
}

const transactionOf = (event: Fields): ReadTransaction => {
  const { trace } = event['contexts'] as { readonly trace: Fields }
  return {
    eventId: String(event['event_id']),
    name: String(event['transaction']),
    root: spanOf(trace),
    spans: (event['spans'] as ReadonlyArray<Fields>).map(spanOf),
  }
}

const itemsOf = (container: Fields, count: unknown): ReadonlyArray<Fields> => {
  const items = container['items'] as ReadonlyArray<Fields>
  if (items.length !== count) {
    throw new Error(`there are ${items.length} items, the header states ${count}`)
  }
  return items
}

const logOf = (log: Fields): ReadLog => ({
  traceId: String(log['trace_id']),
  level: String(log['level']),
  body: String(log['body']),
  attributes: attributesOf(log),
})

const metricOf = (metric: Fields): ReadMetric => {
  const { unit, value } = metric
  const attributes = attributesOf(metric)
  return {
    traceId: String(metric['trace_id']),
    name: String(metric['name']),
    type: String(metric['type']),
    value: Number(value),
    unit: unit === undefined ? undefined : String(unit),
    weight: weightOf(attributes['sentry.client_sample_rate'] ?? 1),
    attributes,
  }
}

const attributesOf = (item: Fields): Fields =>
  Object.fromEntries(
    Object.entries((item['attributes'] ?? {}) as Readonly<Record<string, Fields>>).map(
      ([key, attribute]) => [key, attribute['value']],
    ),
  )

/** The rate is stored as a multiple of 1e-6. Source: `rust_snuba/src/processors/eap_items.rs` of getsentry/snuba. */
const weightOf = (rate: unknown): number =>
  Math.round(1 / (Math.max(1, Math.round(Number(rate) * 1e6)) / 1e6))

const spanOf = (span: Fields): ReadSpan => ({
  traceId: String(span['trace_id']),
  spanId: String(span['span_id']),
  parentSpanId: span['parent_span_id'] === undefined ? undefined : String(span['parent_span_id']),
  isSynthetic: (span['data'] as Fields | undefined)?.['sentry_exporter.synthetic'] === true,
})

// folds

/**
 * The structural problems, a line each: a span in two transactions, an event id used twice, a span of another trace, a span
 * that does not come after its parent.
 */
export const problems = ({ transactions }: ReadEnvelopes): ReadonlyArray<string> => {
  const found: Array<string> = []
  const seen = new Map<string, string>()
  const eventIds = new Set<string>()
  for (const { eventId, root, spans } of transactions) {
    if (eventIds.has(eventId)) found.push(`event id ${eventId} is used twice`)
    eventIds.add(eventId)
    const inside = new Set([root.spanId])
    for (const span of [root, ...spans]) {
      const key = `${span.traceId} ${span.spanId}`
      if (seen.has(key)) found.push(`span ${key} is in ${seen.get(key)} and in ${eventId}`)
      seen.set(key, eventId)
      if (span.traceId !== root.traceId) found.push(`span ${key} is of another trace than its root`)
    }
    for (const span of spans) {
      if (span.parentSpanId === undefined || !inside.has(span.parentSpanId)) {
        found.push(`span ${span.spanId} comes before its parent, or without it`)
      }
      inside.add(span.spanId)
    }
  }
  return found
}

/** `trace span` of every span that a program made, sorted. */
export const spanKeys = ({ transactions }: ReadEnvelopes): ReadonlyArray<string> =>
  transactions
    .flatMap(({ root, spans }) => [root, ...spans])
    .filter((span) => !span.isSynthetic)
    .map((span) => `${span.traceId} ${span.spanId}`)
    .sort()
