import { deepStrictEqual } from 'node:assert/strict'
import * as oracle from '@sentry-exporter/workspace/oracle'
import * as protobufLaws from '@sentry-exporter/workspace/protobufLaws'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as ExportTraceRequest from '../../src/ExportTraceRequest.ts'

const laws = suite('protobuf: laws')

for (const law of [protobufLaws.equalSpans, protobufLaws.equalRecords, protobufLaws.equalMetrics]) {
  laws(law.name, () => law.check({ runs: 500 }))
}

laws(protobufLaws.mutated.name, () => protobufLaws.mutated.check({ runs: 20_000 }))

laws.run()

const recorded = suite('protobuf: recorded requests')

for (const recording of Recorded.all) {
  recorded(`${recording.name} gives the spans of its JSON form`, () => {
    for (const body of Recorded.bodies(recording)) {
      const bytes = oracle.encode(oracle.traces, JSON.parse(body))
      const parsed = ExportTraceRequest.parseProtobuf(bytes)
      deepStrictEqual(parsed, ExportTraceRequest.parse(body))
      assert.is(E.isRight(parsed) && parsed.right.spans.length > 0, true)
    }
  })
}

recorded.run()
