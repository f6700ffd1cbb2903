import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TraceId from '../../src/model/TraceId.ts'
import * as _ from '../../src/model/TraceState.ts'

const sampleRate = suite('TraceState.sampleRate')

const RATES: ReadonlyArray<readonly [string, number | undefined]> = [
  ['', undefined],
  ['vendor=th:8', undefined],
  ['ot=th:0', 1],
  ['ot=th:8', 0.5],
  ['vendor=x, ot=rv:1;th:c', 0.25],
  ['ot=th:8;p:4', 0.5],
  ['ot=th:wrong', undefined],
  ['ot=p:0', 1],
  ['ot=p:3;r:5', 0.125],
  ['ot=p:63', undefined],
  [`${'a=b,'.repeat(32)}ot=th:8`, undefined],
]

for (const [traceState, rate] of RATES) {
  sampleRate(`reads ${traceState.slice(0, 30)}`, () => {
    assert.is(_.sampleRate(traceState), rate)
  })
}

sampleRate.run()

const randomness = suite('TraceState.randomness')

const idOf = (digits: string): TraceId.TraceId =>
  TraceId.parse(`1${digits.padStart(31, '0')}`) ?? TraceId.fromContent([])

randomness('is the explicit value, else the last 56 bits of the trace id', () => {
  const id = idOf('80000000000000')
  assert.is(_.randomness(id, ''), 0.5)
  assert.is(_.randomness(id, 'ot=rv:40000000000000'), 0.25)
  assert.is(_.randomness(id, 'ot=rv:4'), 0.5)
})

randomness('is in the interval that the older field names', () => {
  const id = idOf('80000000000000')
  assert.is(_.randomness(id, 'ot=r:0'), 0.25)
  assert.is(_.randomness(id, 'ot=r:1'), 0.625)
})

randomness.run()
