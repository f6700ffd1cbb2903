// uvu's `equal` compares keys named `constructor` by identity.
import { deepStrictEqual } from 'node:assert/strict'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as ExportLogsRequest from '../../src/ExportLogsRequest.ts'
import * as ExportTraceRequest from '../../src/ExportTraceRequest.ts'
import * as arbitraryRequest from './arbitraryRequest.ts'
import * as oracle from './oracle.ts'

const test = suite('protobuf and JSON of one request')

const right = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

test('give equal spans, for any request', () => {
  fc.assert(
    fc.property(arbitraryRequest.traces, (request) => {
      const bytes = oracle.encode(oracle.traces, request)
      const fromBytes = right(ExportTraceRequest.parseProtobuf(bytes))
      const fromJson = right(ExportTraceRequest.decode(oracle.decode(oracle.traces, bytes)))
      deepStrictEqual(fromBytes, fromJson)
    }),
    { numRuns: 1_000 },
  )
})

test('give equal log records, for any request', () => {
  fc.assert(
    fc.property(arbitraryRequest.logs, (request) => {
      const bytes = oracle.encode(oracle.logs, request)
      const fromBytes = right(ExportLogsRequest.parseProtobuf(bytes))
      const fromJson = right(ExportLogsRequest.decode(oracle.decode(oracle.logs, bytes)))
      deepStrictEqual(fromBytes, fromJson)
    }),
    { numRuns: 1_000 },
  )
})

for (const recording of Recorded.all) {
  test(`give equal spans, for ${recording.name}`, () => {
    for (const body of Recorded.bodies(recording)) {
      const request = JSON.parse(body)
      const fromBytes = right(
        ExportTraceRequest.parseProtobuf(oracle.encode(oracle.traces, request)),
      )
      assert.equal(fromBytes, right(ExportTraceRequest.parse(body)))
      assert.is(fromBytes.spans.length > 0, true)
    }
  })
}

test.run()
