import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/config/nearestWord.ts'

const KNOWN = ['endpoint', 'environment', 'grpc', 'http', 'insecure_skip_verify', 'timeout', 'tls']

const CASES: ReadonlyArray<readonly [string, string | undefined]> = [
  ['enviroment', 'environment'],
  ['grcp', 'grpc'],
  ['Endpoint', 'endpoint'],
  ['insecureSkipVerify', 'insecure_skip_verify'],
  ['skip_verify', 'insecure_skip_verify'],
  ['time_out', 'timeout'],
  ['tsl', 'tls'],
  ['port', undefined],
  ['colour', undefined],
  ['1.4', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
]

const nearest = suite('nearestWord')

nearest('finds the word that was meant, and no other one', () => {
  for (const [word, known] of CASES) assert.is(_.nearestWord(word, KNOWN), known, word.slice(0, 20))
})

nearest.run()
