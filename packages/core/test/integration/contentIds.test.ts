import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Murmur3 from '../../src/internal/Murmur3.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Span from '../../src/model/Span.ts'
import * as SpanId from '../../src/model/SpanId.ts'
import * as TraceId from '../../src/model/TraceId.ts'
import { assemble } from '../../src/pipeline/assemble.ts'

/** The worked example in the design note. */
const note = readFileSync(
  new URL('../../../../docs/design/0007-content-ids.md', import.meta.url),
  'utf8',
)

const example = note.slice(note.indexOf('### A worked example'))

const [root, child, trace] = [...example.matchAll(/`([0-9a-f]+)`/g)].map(([, id = '']) => id)

const expected = /event id is `([0-9a-f]{32})`/.exec(example)?.[1]

const worked = suite('docs/design/0007-content-ids.md')

worked('the hash of its bytes is its event id', () => {
  const lines = /```text\n([^`]*)```/.exec(example)?.[1]?.split('\n') ?? []
  const digits = lines.map((line) => /^[0-9a-f ]*(?= {2})/.exec(line)?.[0] ?? '').join('')
  const bytes = Buffer.from(digits.replaceAll(' ', ''), 'hex')
  assert.is(bytes.length, 103)
  assert.is(Murmur3.toHex(Murmur3.hash128(bytes)), expected)
})

worked('its spans make a transaction with its event id', () => {
  const traceId = TraceId.parse(trace ?? '')
  const [parentSpanId, spanId] = [SpanId.parse(root ?? ''), SpanId.parse(child ?? '')]
  if (traceId === undefined || parentSpanId === undefined || spanId === undefined) {
    return assert.unreachable('an id in the document is not valid')
  }
  const { transactions } = assemble({ mapping: Mapping.sentry })([
    Span.make({ traceId, spanId, parentSpanId, name: 'child' }),
    Span.make({ traceId, spanId: parentSpanId, name: 'root' }),
  ])
  assert.equal(
    transactions.map(({ event_id }) => event_id),
    [expected],
  )
})

worked.run()
