import { defaultErrorRules } from '@sentry-exporter/core/pipeline'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/edge.ts'

const DSN = 'https://key@host/1'

const REQUEST = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'a'.repeat(32),
              spanId: 'b'.repeat(16),
              name: 'work',
              startTimeUnixNano: '1700000000000000000',
              endTimeUnixNano: '1700000000000000000',
              status: { code: 2 },
              events: [
                {
                  name: 'exception',
                  attributes: [
                    { key: 'exception.type', value: { stringValue: 'Oops' } },
                    {
                      key: 'exception.stacktrace',
                      value: { stringValue: 'Oops: no\n    at pay (/srv/shop/pay.js:3:7)' },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  ],
})

const open = suite('edge.open')

open('parses stack traces with the given parsers, and with no others', async () => {
  for (const [parsers, frames] of [
    [defaultErrorRules.parsers, 1],
    [[], 0],
  ] as const) {
    const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
    const exporter = _.open({ dsn: DSN, parsers }, http, FakeClock.make())
    const { delivered } = await exporter.exportOtlp(REQUEST)
    assert.equal(delivered, { transactions: 1, spans: 1, errors: 1, logs: 0, metrics: 0 })
    const bodies = requests.map(({ body }) => new TextDecoder().decode(body)).join('')
    assert.is(bodies.split('"function":"pay"').length - 1, frames)
  }
})

open('throws one readable error for a configuration that cannot work', () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  assert.throws(() => _.open({ dsn: 'x', parsers: [] }, http), 'dsn: ')
})

open.run()
