import type { LogRecordExporter } from '@opentelemetry/sdk-logs'
import * as Metrics2 from '@opentelemetry/sdk-metrics'
import type * as Sdk2Trace from '@opentelemetry/sdk-trace'
import * as Sdk2 from '@opentelemetry/sdk-trace-base'
import type { LogRecordExporter as LogRecordExporter3 } from 'sdk-logs-3'
import * as Metrics1 from 'sdk-metrics-1'
import * as Metrics3 from 'sdk-metrics-3'
import * as Sdk3 from 'sdk-trace-3'
import * as Sdk1 from 'sdk-trace-base-1'
import { describe, expect, test } from 'tstyche'
import type * as fetchEntry from '../src/fetch.ts'
import * as nodeEntry from '../src/node.ts'
import type { ReadableMetrics } from '../src/readable/ReadableMetrics.ts'
import type { ReadableSpan } from '../src/readable/ReadableSpan.ts'

describe('the SDK accepts the classes', () => {
  test('as span processors', () => {
    expect<nodeEntry.SentrySpanProcessor>().type.toBeAssignableTo<Sdk1.SpanProcessor>()
    expect<nodeEntry.SentrySpanProcessor>().type.toBeAssignableTo<Sdk2.SpanProcessor>()
    expect<nodeEntry.SentrySpanProcessor>().type.toBeAssignableTo<Sdk2Trace.SpanProcessor>()
    expect<nodeEntry.SentrySpanProcessor>().type.toBeAssignableTo<Sdk3.SpanProcessor>()
    expect<fetchEntry.SentrySpanProcessor>().type.toBeAssignableTo<Sdk3.SpanProcessor>()
    expect<fetchEntry.SentryRequestSpanProcessor>().type.toBeAssignableTo<Sdk1.SpanProcessor>()
    expect<fetchEntry.SentryRequestSpanProcessor>().type.toBeAssignableTo<Sdk2.SpanProcessor>()
    expect<fetchEntry.SentryRequestSpanProcessor>().type.toBeAssignableTo<Sdk3.SpanProcessor>()
  })
  test('as span exporters', () => {
    expect<nodeEntry.SentrySpanExporter>().type.toBeAssignableTo<Sdk1.SpanExporter>()
    expect<nodeEntry.SentrySpanExporter>().type.toBeAssignableTo<Sdk2.SpanExporter>()
    expect<nodeEntry.SentrySpanExporter>().type.toBeAssignableTo<Sdk2Trace.SpanExporter>()
    expect<nodeEntry.SentrySpanExporter>().type.toBeAssignableTo<Sdk3.SpanExporter>()
    expect<fetchEntry.SentrySpanExporter>().type.toBeAssignableTo<Sdk2.SpanExporter>()
  })
  test('as log record exporters', () => {
    expect<nodeEntry.SentryLogRecordExporter>().type.toBeAssignableTo<LogRecordExporter>()
    expect<nodeEntry.SentryLogRecordExporter>().type.toBeAssignableTo<LogRecordExporter3>()
    expect<fetchEntry.SentryLogRecordExporter>().type.toBeAssignableTo<LogRecordExporter>()
  })
  test('as metric exporters', () => {
    expect<nodeEntry.SentryMetricExporter>().type.toBeAssignableTo<Metrics1.PushMetricExporter>()
    expect<nodeEntry.SentryMetricExporter>().type.toBeAssignableTo<Metrics2.PushMetricExporter>()
    expect<nodeEntry.SentryMetricExporter>().type.toBeAssignableTo<Metrics3.PushMetricExporter>()
    expect<fetchEntry.SentryMetricExporter>().type.toBeAssignableTo<Metrics2.PushMetricExporter>()
  })
  test('in a metric reader of each version', () => {
    const exporter = new nodeEntry.SentryMetricExporter()
    expect(Metrics1.PeriodicExportingMetricReader).type.toBeConstructableWith({ exporter })
    expect(Metrics2.PeriodicExportingMetricReader).type.toBeConstructableWith({ exporter })
    expect(Metrics3.PeriodicExportingMetricReader).type.toBeConstructableWith({ exporter })
  })
  test('in a batch processor, in the form of each version', () => {
    const exporter = new nodeEntry.SentrySpanExporter()
    expect(Sdk1.BatchSpanProcessor).type.toBeConstructableWith(exporter)
    expect(Sdk2.BatchSpanProcessor).type.toBeConstructableWith(exporter)
    expect(Sdk3.BatchSpanProcessor).type.toBeConstructableWith({ exporter })
  })
})

describe('the reader accepts the metrics', () => {
  test('of each version', () => {
    expect<Metrics1.ResourceMetrics>().type.toBeAssignableTo<ReadableMetrics>()
    expect<Metrics2.ResourceMetrics>().type.toBeAssignableTo<ReadableMetrics>()
    expect<Metrics3.ResourceMetrics>().type.toBeAssignableTo<ReadableMetrics>()
  })
})

describe('the reader accepts the spans', () => {
  test('of each version', () => {
    expect<Sdk1.ReadableSpan>().type.toBeAssignableTo<ReadableSpan>()
    expect<Sdk2.ReadableSpan>().type.toBeAssignableTo<ReadableSpan>()
    expect<Sdk3.ReadableSpan>().type.toBeAssignableTo<ReadableSpan>()
  })
})
