import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/Counts.ts'

const of = suite('Counts.of')

of('counts an envelope by its category, with its spans', () => {
  assert.equal(_.of({ category: 'transaction', spans: 3 }), {
    transactions: 1,
    spans: 3,
    errors: 0,
  })
  assert.equal(_.of({ category: 'error' }), { transactions: 0, spans: 0, errors: 1 })
  assert.equal(_.of({ category: 'internal' }), _.Monoid.empty)
})

of.run()
