import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { JsonObject } from '../../src/model/Json.ts'
import * as _ from '../../src/sentry/Contexts.ts'
import * as SentrySpan from '../../src/sentry/SentrySpan.ts'
import * as TraceContext from '../../src/sentry/TraceContext.ts'

const root = SentrySpan.of(Mapping.sentry)(span())

const traceOf = (data: JsonObject) => TraceContext.ofRoot(root, undefined, data)

const of = suite('Contexts.of')

of('has the replay and the response of the root, then the contexts of the resource', () => {
  const replay = '0123456789abcdef0123456789abcdef'
  const trace = traceOf({ 'sentry.replay_id': replay, 'http.status_code': 404 })
  const contexts = _.of(trace, { app: { app_name: 'shop' } })
  assert.equal(Object.keys(contexts), ['trace', 'replay', 'response', 'app'])
  assert.equal(contexts.replay, { replay_id: replay })
  assert.equal(contexts.response, { status_code: 404 })
})

of('leaves out a replay and a status that the server refuses', () => {
  for (const status of ['404', -1, 1.5, 70_000]) {
    const trace = traceOf({ 'sentry.replay_id': 'x', 'http.response.status_code': status })
    assert.equal(_.of(trace, {}), { trace })
  }
})

of.run()
