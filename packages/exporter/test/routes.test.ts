import * as Losses from '@sentry-exporter/core/Losses'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { ConfigInput } from '../src/Config.ts'
import * as Exporter from '../src/Exporter.ts'
import type { Outcome } from '../src/Outcome.ts'

const DSN = 'https://key@host/1'

const NANOS = '1700000000000000000'

const exception = {
  name: 'exception',
  timeUnixNano: NANOS,
  attributes: [{ key: 'exception.type', value: { stringValue: 'Error' } }],
}

/** One root span of each service, in one trace. Those whose names end with ! have failed. */
const bodyOf = (...services: ReadonlyArray<string>): string =>
  JSON.stringify({
    resourceSpans: services.map((service, index) => ({
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: 'a'.repeat(32),
              spanId: String(index + 1).repeat(16),
              name: 'work',
              kind: 2,
              startTimeUnixNano: NANOS,
              endTimeUnixNano: NANOS,
              attributes: [{ key: 'http.method', value: { stringValue: 'GET' } }],
              ...(service.endsWith('!') ? { status: { code: 2 }, events: [exception] } : {}),
            },
          ],
        },
      ],
    })),
  })

interface Arrived {
  readonly project: string
  readonly service: string
  readonly name: unknown
  readonly environment: unknown
  readonly release: unknown
  readonly trace: unknown
}

const run = async (
  input: Partial<ConfigInput>,
  body: string,
): Promise<{ readonly arrived: ReadonlyArray<Arrived>; readonly outcome: Outcome }> => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = Exporter.open({ dsn: DSN, ...input }, http, FakeClock.make())
  await exporter.exportOtlp(body)
  const outcome = await exporter.shutdown(1_000)
  const arrived = requests.map(({ url, body: bytes }) => {
    const envelope = Envelope.decode(bytes)
    if (E.isLeft(envelope)) throw new Error(envelope.left._tag)
    const { header, items } = envelope.right
    const event = JSON.parse(new TextDecoder().decode(items[0]?.payload))
    return {
      project: new URL(url).pathname.split('/')[2] ?? '',
      service: event.contexts.otel.resource['service.name'],
      name: event.transaction,
      environment: event.environment,
      release: event.release,
      trace: header.trace,
    }
  })
  return { arrived, outcome }
}

const routes = suite('routes')

routes('have their own project, environment, release and mapping', async () => {
  const { arrived } = await run(
    {
      environment: 'all',
      routes: [
        { match: { 'service.name': 'eu-*' }, dsn: 'https://eu@host/2', environment: 'eu' },
        { match: { 'service.name': 'legacy' }, mapping: 'collector', release: 'r1' },
      ],
    },
    bodyOf('shop', 'eu-shop', 'legacy'),
  )
  const facts = new Map(
    arrived.map(({ service, project, environment, name, release }) => [
      service,
      [project, environment, name, release],
    ]),
  )
  assert.equal(facts.get('shop'), ['1', 'all', 'work', undefined])
  assert.equal(facts.get('eu-shop'), ['2', 'eu', 'work', undefined])
  assert.equal(facts.get('legacy'), ['1', 'all', 'GET work', 'r1'])
})

routes('leave the trace header the same on all envelopes of a trace', async () => {
  const of = async (environment: string): Promise<ReadonlyArray<unknown>> => {
    const { arrived } = await run(
      {
        environment: 'all',
        routes: [{ match: { 'service.name': 'eu' }, dsn: 'https://eu@elsewhere/2', environment }],
      },
      bodyOf('shop', 'eu', 'other'),
    )
    assert.is(arrived.length, 3)
    return [...new Map(arrived.map(({ trace }) => [JSON.stringify(trace), trace])).values()]
  }
  const header = { trace_id: 'a'.repeat(32), public_key: 'key', sampled: 'true' }
  assert.equal(await of('eu'), [header])
  assert.equal(await of('all'), [{ ...header, environment: 'all' }])
})

const isDropped: ReadonlyArray<readonly [title: string, input: Partial<ConfigInput>]> = [
  ['a route drops them', { routes: [{ match: { 'service.name': 'noise*' }, drop: true }] }],
  [
    'no route matches',
    {
      unmatched: 'drop',
      routes: [{ match: { 'service.name': 'shop' }, dsn: 'https://shop@host/1' }],
    },
  ],
]

for (const [title, input] of isDropped) {
  routes(`count spans and errors where ${title}`, async () => {
    const { arrived, outcome } = await run(input, bodyOf('noise', 'shop', 'noise!'))
    assert.equal(
      arrived.map(({ service }) => service),
      ['shop'],
    )
    const { unrouted, unrouted_error } = outcome.rejected
    assert.equal([unrouted, unrouted_error], [2, 1])
    assert.is(outcome.spansIn, outcome.delivered.spans + Losses.spans(outcome.rejected))
  })
}

routes('apply to log records and to their exceptions', async () => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(200))
  const exporter = Exporter.open(
    {
      dsn: DSN,
      routes: [{ match: { tenant: 7 }, dsn: 'https://seven@host/7', environment: 'seven' }],
    },
    http,
    FakeClock.make(),
  )
  await exporter.exportLogs(
    JSON.stringify({
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'tenant', value: { intValue: 7 } }] },
          scopeLogs: [
            {
              logRecords: [
                { timeUnixNano: NANOS, severityNumber: 17, attributes: exception.attributes },
              ],
            },
          ],
        },
      ],
    }),
  )
  await exporter.shutdown(1_000)
  assert.is(requests.length, 2)
  for (const { url } of requests) assert.match(url, '/api/7/')
  const [error, log] = requests.map(({ body }) => new TextDecoder().decode(body))
  assert.match(error ?? '', '"environment":"seven"')
  assert.match(log ?? '', '"sentry.environment":{"value":"seven"')
})

routes('see the resource after hooks', async () => {
  const { arrived } = await run(
    {
      beforeSendSpan: (span) => ({
        ...span,
        resource: { ...span.resource, attributes: { ...span.resource.attributes, tenant: 'a' } },
      }),
      routes: [{ match: { tenant: 'a' }, dsn: 'https://a@host/3', environment: 'a' }],
    },
    bodyOf('shop'),
  )
  assert.equal(
    arrived.map(({ project, environment }) => [project, environment]),
    [['3', 'a']],
  )
})

routes('to projects by their slugs need something that looks them up', () => {
  const { http } = recordingHttp.make(() => recordingHttp.answering(200))
  assert.throws(
    () => Exporter.open({ dsn: DSN, routes: [{ match: { a: 1 }, project: 'shop' }] }, http),
    /routes\[0\]\.project: no projects are looked up here; write the dsn of the project/,
  )
})

routes.run()
