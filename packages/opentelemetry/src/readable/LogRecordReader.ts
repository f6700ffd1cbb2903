/** From the log records of OpenTelemetry's JavaScript SDK to the log records of the core, without OTLP between them. */

import type { LogBatch } from '@sentry-exporter/core'
import * as Attributes from '@sentry-exporter/core/Attributes'
import * as LogRecord from '@sentry-exporter/core/LogRecord'
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as AttributeReader from './AttributeReader.ts'
import * as Findings from './Findings.ts'
import * as HrTime from './HrTime.ts'
import type { ReadableLogRecord } from './ReadableLogRecord.ts'
import * as ResourceReader from './ResourceReader.ts'

// model

export interface LogRecordReader {
  /** Never throws: a record that cannot be read is among the rejected. */
  readonly read: (records: ReadonlyArray<ReadableLogRecord>) => LogBatch.LogBatch
}

// constructors

/** A reader for the records of one program. `resourceAttributes` are for the resources that lack them. */
export const make = (
  resourceAttributes: Attributes.Attributes = Attributes.empty,
): LogRecordReader => {
  const resources = ResourceReader.make(resourceAttributes)
  return {
    read: (sources) => {
      const findings = Findings.start()
      const records: Array<LogRecord.LogRecord> = []
      const rejected: Array<Rejected> = []
      for (const [i, source] of sources.entries()) {
        const known = findings.places.length
        try {
          records.push(readRecord(findings, resources, source))
        } catch (error) {
          const actual = Findings.show(error instanceof Error ? error.message : error)
          rejected.push({ path: `records[${i}]`, expected: 'a log record', actual })
        }
        Findings.inside(findings, known, 'records', i)
      }
      return {
        records,
        rejected,
        repairs: Findings.repairs(findings),
        ...(findings.places.length === 0 ? {} : { invalidParts: findings.places }),
      }
    },
  }
}

// decoding

const readRecord = (
  findings: Findings.Findings,
  resources: ResourceReader.ResourceReader,
  source: ReadableLogRecord,
): LogRecord.LogRecord => {
  const { hrTime, hrTimeObserved, spanContext, severityNumber = 0 } = source
  const timeMicros = HrTime.toMicros(findings, hrTime, '.hrTime')
  const observedMicros = HrTime.toMicros(findings, hrTimeObserved, '.hrTimeObserved')
  const observedNanos = HrTime.nanosAfter(hrTimeObserved)
  const severityText = textOf(source.severityText)
  return {
    traceId: spanContext === undefined ? undefined : TraceId.parse(spanContext.traceId),
    spanId: spanContext === undefined ? undefined : SpanId.parse(spanContext.spanId),
    timeMicros: timeMicros > 0 ? timeMicros : observedMicros,
    timeNanos: timeMicros > 0 ? HrTime.nanosAfter(hrTime) : observedNanos,
    observedMicros,
    observedNanos,
    severity: severityNumber || LogRecord.severityOfText(severityText),
    severityText,
    eventName: textOf(source.eventName),
    body: AttributeReader.value(findings, source.body, '.body'),
    attributes: AttributeReader.attributes(findings, source.attributes, '.attributes'),
    droppedAttributes: countOf(source.droppedAttributesCount),
    flags: countOf(spanContext?.traceFlags),
    resource: resources.resource(findings, source.resource),
    scope: resources.scope(findings, source.instrumentationScope),
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** 0 for any value that is no count. */
const countOf = (value: unknown): number =>
  typeof value === 'number' && value > 0 && value < 2 ** 32 ? Math.trunc(value) : 0
