/** Law: a part of a request that cannot be read costs itself, one count, and nothing else. */
import * as Batch from '@sentry-exporter/core/Batch'
import type { Span } from '@sentry-exporter/core/Span'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as ExportLogsRequest from '../src/ExportLogsRequest.ts'
import * as ExportTraceRequest from '../src/ExportTraceRequest.ts'
import {
  attributes,
  count,
  digits,
  junkFor,
  nanos,
  partsOf,
  pathText,
  replaced,
  request,
  right,
  value,
} from './brokenRequest.ts'

const span = fc.record({
  traceId: digits(32),
  spanId: digits(16),
  parentSpanId: digits(16),
  traceState: fc.string(),
  flags: count,
  name: fc.string(),
  kind: fc.integer({ min: 0, max: 5 }),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  droppedAttributesCount: count,
  events: fc.array(
    fc.record({
      timeUnixNano: nanos,
      name: fc.string(),
      attributes,
      droppedAttributesCount: count,
    }),
    { maxLength: 3 },
  ),
  droppedEventsCount: count,
  links: fc.array(
    fc.record({
      traceId: digits(32),
      spanId: digits(16),
      traceState: fc.string(),
      attributes,
      flags: count,
      droppedAttributesCount: count,
    }),
    { maxLength: 3 },
  ),
  droppedLinksCount: count,
  status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: fc.string() }),
})

const record = fc.record({
  timeUnixNano: nanos,
  observedTimeUnixNano: nanos,
  severityNumber: fc.integer({ min: 0, max: 24 }),
  body: value,
  attributes,
  traceId: digits(32),
  spanId: digits(16),
})

/** The fields of a span that a broken part may change. A link without ids becomes an attribute. */
const affected = (path: string): ReadonlyArray<string> => {
  const field = /^\.resourceSpans\[\d+\]\.scopeSpans\[\d+\]\.spans\[\d+\]\.(\w+)/.exec(path)?.[1]
  if (field === undefined) return ['resource', 'scope']
  const renamed = new Map([
    ['startTimeUnixNano', 'startMicros'],
    ['endTimeUnixNano', 'endMicros'],
    ['droppedAttributesCount', 'droppedAttributes'],
    ['droppedEventsCount', 'droppedEvents'],
    ['droppedLinksCount', 'droppedLinks'],
  ]).get(field)
  return field === 'links' ? ['links', 'attributes'] : [renamed ?? field, 'doubles']
}

const without = (one: object, fields: ReadonlyArray<string>): object =>
  Object.fromEntries(Object.entries(one).filter(([key]) => !fields.includes(key)))

const NUMBER_OF_RUNS = 600

const parts = suite('requests with an invalid part')

parts('a part of a request of traces costs itself, one count, and nothing else', () => {
  const structure =
    /^$|^\.resourceSpans(\[\d+\](\.scopeSpans(\[\d+\](\.spans(\[\d+\](\.traceId|\.spanId)?)?)?)?)?)?$/
  const names = ['resourceSpans', 'scopeSpans', 'spans'] as const
  fc.assert(
    fc.property(request(names, span), fc.nat(), fc.nat(), (json, place, choice) => {
      const paths = partsOf(json, structure)
      const path = paths[place % paths.length] ?? []
      const broken = replaced(json, path, (one) => junkFor(one, choice))
      const before = right(ExportTraceRequest.decode(json))
      const after = right(ExportTraceRequest.decode(broken))
      assert.equal(Batch.losses(before), {})
      assert.equal(Batch.losses(after), { invalid_part: 1 })
      const [found] = after.invalidParts ?? []
      assert.is(`.${found?.path}`, pathText(path))
      assert.is(after.spans.length, before.spans.length)
      const fields = affected(pathText(path))
      const isOfOneSpan = !fields.includes('resource')
      const changed = before.spans.filter((one, index) => !isSame(one, after.spans[index]))
      assert.ok(!isOfOneSpan || changed.length <= 1)
      before.spans.forEach((one, index) => {
        assert.equal(without(after.spans[index] ?? {}, fields), without(one, fields))
      })
    }),
    { numRuns: NUMBER_OF_RUNS },
  )
})

const isSame = (a: Span, b: Span | undefined): boolean => {
  try {
    assert.equal(a, b)
    return true
  } catch {
    return false
  }
}

parts('a part of a request of logs costs itself, one count, and nothing else', () => {
  const structure = /^$|^\.resourceLogs(\[\d+\](\.scopeLogs(\[\d+\](\.logRecords(\[\d+\])?)?)?)?)?$/
  const names = ['resourceLogs', 'scopeLogs', 'logRecords'] as const
  fc.assert(
    fc.property(request(names, record), fc.nat(), fc.nat(), (json, place, choice) => {
      const paths = partsOf(json, structure)
      const path = paths[place % paths.length] ?? []
      const broken = replaced(json, path, (one) => junkFor(one, choice))
      const before = right(ExportLogsRequest.decode(json))
      const after = right(ExportLogsRequest.decode(broken))
      assert.equal(before.repairs, {})
      assert.equal(after.repairs, { invalid_part: 1 })
      assert.equal(after.rejected, [])
      assert.is(`.${after.invalidParts?.[0]?.path}`, pathText(path))
      assert.is(after.records.length, before.records.length)
    }),
    { numRuns: NUMBER_OF_RUNS },
  )
})

parts('a missing or null part is the default, and is not counted', () => {
  const names = ['resourceSpans', 'scopeSpans', 'spans'] as const
  const structure =
    /^$|\[\d+\]$|\.key$|links\[\d+\]\.(traceId|spanId)$|^\.resourceSpans(\[\d+\](\.scopeSpans(\[\d+\](\.spans(\[\d+\](\.traceId|\.spanId)?)?)?)?)?)?$/
  fc.assert(
    fc.property(request(names, span), fc.nat(), fc.boolean(), (json, place, isNull) => {
      const paths = partsOf(json, structure)
      const path = paths[place % paths.length] ?? []
      const broken = replaced(json, path, () => (isNull ? null : undefined))
      const after = right(ExportTraceRequest.decode(broken))
      assert.equal(Batch.losses(after), {})
      assert.is(after.spans.length, right(ExportTraceRequest.decode(json)).spans.length)
    }),
    { numRuns: NUMBER_OF_RUNS },
  )
})

parts.run()
