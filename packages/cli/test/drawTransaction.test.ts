import { assemble } from '@sentry-exporter/core/assemble'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { drawTransaction } from '../src/drawTransaction.ts'

const limits = { ...Limits.gateway, maxSpans: 1e6, maxSpanBytes: 1e9 }

const transaction = (parents: ReadonlyArray<number>): Transaction => {
  const spans = parents.map((parent, index) =>
    span({
      spanId: spanId(index + 1),
      parentSpanId: parent === 0 ? undefined : spanId(parent),
      name: `s${index + 1}`,
      startMicros: Micros.of(1_700_000_000_000_000 + index),
      endMicros: Micros.of(1_700_000_000_001_000 + index),
    }),
  )
  const [made] = assemble({ mapping: Mapping.sentry, limits })(spans).transactions
  if (made === undefined) throw new Error('no transaction')
  return made
}

const draw = suite('drawTransaction')

draw('draws a tree', () => {
  assert.equal(drawTransaction(transaction([0, 1, 2, 1]), { columns: 80, children: 9 }), [
    's1  1.0 ms  shop@1.0.0',
    '├─ s2  1.0 ms',
    '│  └─ s3  1.0 ms',
    '└─ s4  1.0 ms',
  ])
})

draw('counts children above the maximum in place of printing them', () => {
  assert.equal(
    drawTransaction(transaction([0, 1, 1, 1, 1]), { columns: 80, children: 2 }).slice(1),
    ['├─ s2  1.0 ms', '├─ s3  1.0 ms', '└─ ... 2 more'],
  )
})

draw('draws a chain of 20,000 without recursion, within its columns', () => {
  const lines = drawTransaction(transaction(Array.from({ length: 20_000 }, (_unused, i) => i)), {
    columns: 80,
    children: 2,
  })
  assert.is(lines.length, 20_000)
  assert.ok(lines.every((line) => line.length <= 80))
})

draw('prints no control character of the input, in any field', () => {
  const made = transaction([0, 1])
  const { trace } = made.contexts
  const hostile = {
    ...made,
    transaction: 'a\u001b[2J',
    release: 'r\u001b[2J',
    contexts: { ...made.contexts, trace: { ...trace, op: 'o\u001b[2J' } },
    spans: made.spans.map((one) => ({ ...one, op: 'p\u009b2J', description: 'd\u0007' })),
  }
  const drawn = drawTransaction(hostile, { columns: 80, children: 9 }).join('')
  assert.not.match(drawn, /\p{Cc}/u)
})

draw.run()
