import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Counts.ts'

const of = suite('Counts.of')

of('counts an envelope by its category, with its spans, logs and metrics', () => {
  assert.equal(_.of({ category: 'transaction', spans: 3 }), {
    transactions: 1,
    spans: 3,
    errors: 0,
    logs: 0,
    metrics: 0,
  })
  assert.equal(_.of({ category: 'error' }), {
    transactions: 0,
    spans: 0,
    errors: 1,
    logs: 0,
    metrics: 0,
  })
  assert.equal(_.of({ category: 'log_item', logs: 7 }), {
    transactions: 0,
    spans: 0,
    errors: 0,
    logs: 7,
    metrics: 0,
  })
  assert.equal(_.of({ category: 'trace_metric', metrics: 8 }), { ..._.Monoid.empty, metrics: 8 })
  assert.equal(_.of({ category: 'internal' }), _.Monoid.empty)
})

of.run()
