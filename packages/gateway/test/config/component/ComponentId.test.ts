import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/config/component/ComponentId.ts'

const CASES: ReadonlyArray<readonly [string, string | undefined]> = [
  ['otlp', 'otlp'],
  ['otlp/2', 'otlp/2'],
  [' otlp / backend ', 'otlp/backend'],
  ['otlp/a/b', 'otlp/a/b'],
  ['otlp/größe-1.2', 'otlp/größe-1.2'],
  ['health_check', 'health_check'],
  [`${'a'.repeat(63)}/x`, `${'a'.repeat(63)}/x`],
  ['a'.repeat(64), undefined],
  ['', undefined],
  ['/x', undefined],
  ['otlp/', undefined],
  ['2otlp', undefined],
  ['my-exporter', undefined],
  ['otlp/a b', undefined],
  ['otlp/a+b', undefined],
  ['otlp/a\tb', undefined],
]

const ids = suite('ComponentId.parse')

ids('follows the rules of the Collector', () => {
  for (const [text, shown] of CASES) {
    const id = _.parse(text)
    assert.is(id === undefined ? undefined : _.show(id), shown, text)
  }
})

ids.run()
