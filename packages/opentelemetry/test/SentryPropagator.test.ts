import {
  createContextKey,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/SentryPropagator.ts'

const TRACE_ID = 'a'.repeat(32)
const SPAN_ID = 'b'.repeat(16)

const propagator = new _.SentryPropagator({
  dsn: 'https://key:hush@sentry.example.com/42',
  environment: 'live',
  release: 'shop@1',
})

const extract = suite('SentryPropagator.extract')

const read = (headers: Record<string, string>) =>
  trace.getSpanContext(propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter))

extract('reads sentry-trace, with every form of the decision', () => {
  const rows: ReadonlyArray<readonly [string, number | undefined]> = [
    [`${TRACE_ID}-${SPAN_ID}-1`, 1],
    [`${TRACE_ID}-${SPAN_ID}-0`, 0],
    [`${TRACE_ID}-${SPAN_ID}`, 1],
    [`${TRACE_ID.toUpperCase()}-${SPAN_ID}-1`, 1],
    [`${'0'.repeat(32)}-${SPAN_ID}-1`, undefined],
    [`${TRACE_ID}`, undefined],
    ['nonsense', undefined],
  ]
  for (const [header, flags] of rows) {
    const span = read({ 'sentry-trace': header })
    assert.is(span?.traceFlags, flags, header)
    if (flags !== undefined) {
      assert.equal([span?.traceId, span?.spanId, span?.isRemote], [TRACE_ID, SPAN_ID, true])
    }
  }
})

extract('leaves a parent that another propagator has found', () => {
  const known = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: 'c'.repeat(32),
    spanId: 'd'.repeat(16),
    traceFlags: 1,
  })
  const headers = { 'sentry-trace': `${TRACE_ID}-${SPAN_ID}-1` }
  assert.is(propagator.extract(known, headers, defaultTextMapGetter), known)
})

extract.run()

const inject = suite('SentryPropagator.inject')

const here = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: TRACE_ID,
  spanId: SPAN_ID,
  traceFlags: 1,
})

inject('writes both headers for a trace that begins here, without the secret of the DSN', () => {
  const headers: Record<string, string> = {}
  propagator.inject(here, headers, defaultTextMapSetter)
  assert.equal(headers, {
    'sentry-trace': `${TRACE_ID}-${SPAN_ID}-1`,
    baggage: `sentry-trace_id=${TRACE_ID},sentry-public_key=key,sentry-environment=live,sentry-release=shop%401,sentry-sampled=true`,
  })
})

inject('passes on what came in, unchanged, and keeps other members', () => {
  const incoming = {
    'sentry-trace': `${TRACE_ID}-${SPAN_ID}-1`,
    baggage: 'user=7,sentry-public_key=front,sentry-sample_rate=0.5',
  }
  const context = propagator.extract(ROOT_CONTEXT, incoming, defaultTextMapGetter)
  const headers: Record<string, string> = { baggage: 'user=7,sentry-public_key=front' }
  propagator.inject(context, headers, defaultTextMapSetter)
  assert.is(headers['baggage'], 'user=7,sentry-public_key=front,sentry-sample_rate=0.5')
})

inject('writes nothing without a span, or where tracing is suppressed', () => {
  const headers: Record<string, string> = {}
  propagator.inject(ROOT_CONTEXT, headers, defaultTextMapSetter)
  const key = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING')
  propagator.inject(here.setValue(key, true), headers, defaultTextMapSetter)
  assert.equal(headers, {})
})

inject('names the headers that it writes', () => {
  assert.equal(propagator.fields(), ['sentry-trace', 'baggage'])
})

inject.run()
