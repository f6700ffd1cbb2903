import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/campaigns/runtimes/RequestWatch.ts'

const ENVELOPE = '{"event_id":"a"}\n{"type":"transaction"}\n{}\n'

const TRACED = { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }

/** A request to Sentry; the event id is that of the text. */
const send = async (
  { sentryOrigin }: _.RequestWatch,
  body: string,
  headers = {},
): Promise<number> => {
  const url = `${sentryOrigin}/api/1/envelope/`
  const gzip = { 'content-encoding': 'gzip', ...headers }
  const answer = await fetch(url, { method: 'POST', headers: gzip, body: gzipSync(body) })
  await answer.text()
  return answer.status
}

/** The error of the judgement, after what happened. */
const judged = async (
  happens: (watch: _.RequestWatch) => Promise<unknown>,
  spans: (watch: _.RequestWatch) => ReadonlyArray<_.StartedSpan> = () => [],
): Promise<string> => {
  const watch = await _.open()
  try {
    await happens(watch)
    const counts = _.judge('here', watch, { spans: spans(watch), expected: {} })
    return JSON.stringify(counts)
  } catch (error) {
    return String(error)
  } finally {
    await watch.close()
  }
}

const watch = suite('RequestWatch')

watch('counts envelopes and their retries', async () => {
  const counts = await judged(async (seen) => {
    seen.refuse(1)
    assert.is(await send(seen, ENVELOPE), 503)
    assert.is(await send(seen, ENVELOPE), 200)
    await _.accepted(seen, 1)
    await fetch(seen.app, { headers: TRACED })
  })
  assert.is(counts, '{"requests":2,"envelopes":1,"retries":1}')
})

const LOOPS: Readonly<Record<string, readonly [string, Parameters<typeof judged>[0]]>> = {
  'a request more than envelopes and retries': [
    '"requests":2',
    async (seen) => {
      await send(seen, ENVELOPE)
      await send(seen, ENVELOPE)
    },
  ],
  'a preflight request': [
    '"preflights":1',
    (seen) => fetch(`${seen.sentryOrigin}/api/1/envelope/`, { method: 'OPTIONS' }),
  ],
  'a request with a trace': ['"withTrace":1', (seen) => send(seen, ENVELOPE, TRACED)],
  'a request of the application without a trace': [
    '"appRequestsWithTrace":0',
    (seen) => fetch(seen.app),
  ],
}

for (const [name, [found, happens]] of Object.entries(LOOPS)) {
  watch(`does not accept ${name}`, async () => {
    const text = await judged(happens)
    assert.match(text, /^Error: here: /)
    assert.ok(text.split(', expected ')[0]?.includes(found), text)
  })
}

watch('does not accept a span of a request to Sentry, by its address or its name', async () => {
  const nothing = async (): Promise<void> => undefined
  const spans = (seen: _.RequestWatch): ReadonlyArray<_.StartedSpan> => [
    ['POST', `${seen.sentryOrigin}/api/1/envelope/`],
    [`fetch POST ${new URL(seen.sentryOrigin).host}`, null],
  ]
  assert.match(await judged(nothing, spans), '"spansOfOurRequests":2')
  assert.match(await judged(nothing, () => [['odd', null]]), '"spans":{"odd":1}')
})

watch.run()
