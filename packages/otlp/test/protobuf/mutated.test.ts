import * as Recorded from '@sentry-exporter/workspace/Recorded'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as DecodeError from '../../src/DecodeError.ts'
import * as ExportLogsRequest from '../../src/ExportLogsRequest.ts'
import * as ExportTraceRequest from '../../src/ExportTraceRequest.ts'
import * as arbitraryRequest from './arbitraryRequest.ts'
import * as oracle from './oracle.ts'

const test = suite('protobuf: mutated bytes')

const RUNS = 20_000

const recorded = Recorded.all.flatMap((recording) =>
  Recorded.bodies(recording)
    .slice(0, 2)
    .map((body) => oracle.encode(oracle.traces, JSON.parse(body))),
)

const mutation = fc.record({
  body: fc.oneof(
    fc.constantFrom(...recorded),
    arbitraryRequest.traces.map((request) => oracle.encode(oracle.traces, request)),
  ),
  /** Where a byte is replaced, in parts of the length. */
  places: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 4,
  }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
})

test('are read or refused with a place, and never more than that', () => {
  fc.assert(
    fc.property(mutation, ({ body, places, cut }) => {
      const bytes = Uint8Array.from(body)
      for (const [place, byte] of places) bytes[Math.floor(place * (bytes.length - 1))] = byte
      const given = cut === null ? bytes : bytes.subarray(0, Math.floor(cut * bytes.length))
      const parsed = ExportTraceRequest.parseProtobuf(given)
      if (E.isLeft(parsed)) assert.match(DecodeError.show(parsed.left), / at byte \d+$/)
      else for (const { actual } of parsed.right.rejected) assert.match(actual, / at byte \d+$/)
      assert.type(ExportLogsRequest.parseProtobuf(given)._tag, 'string')
    }),
    { numRuns: RUNS },
  )
})

test.run()
