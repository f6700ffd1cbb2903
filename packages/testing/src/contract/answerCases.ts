/** The cases about answers: an answer with an error status is a result, and no more of it is read than needed. */
import { expectEqual, type HttpCase, requestTo, resultOf, SOON_MILLIS } from './HttpCase.ts'
import { until } from './within.ts'

// constructors

export const answerCases: ReadonlyArray<HttpCase> = [
  {
    title: 'takes a bad status as an answer, with its headers in any case',
    check: async (http, run) => {
      const answered = await http(requestTo(run.url('limits')))()
      expectEqual('result', resultOf(answered), 429)
      if (answered._tag === 'Left') return
      const { header, text = 'limited' } = answered.right
      const names = ['X-Sentry-Rate-Limits', 'retry-after', 'x-missing']
      expectEqual(
        'headers',
        names.map((name) => header(name) ?? 'none'),
        ['60:error:key', '60', 'none'],
      )
      expectEqual('text, if it is read', text, 'limited')
    },
  },
  {
    title: 'follows no redirect: credentials go only where the DSN points',
    check: async (http, run) => {
      const answered = await http(requestTo(run.url('redirects')))()
      const status = answered._tag === 'Right' ? answered.right.status : undefined
      const isRedirect = status === undefined || (status >= 300 && status < 400)
      expectEqual(`an error or the status of a redirect, not ${status}`, isRedirect, true)
      expectEqual('requests', (await run.requests()).received.length, 1)
    },
  },
  {
    title: 'gives the status of a redirect',
    needs: 'redirect-status',
    check: async (http, run) => {
      expectEqual('result', resultOf(await http(requestTo(run.url('redirects')))()), 307)
    },
  },
  {
    title: 'settles in time on an answer that never ends: its status is known',
    timeoutMillis: 300,
    check: async (http, run) => {
      const result = resultOf(await http(requestTo(run.url('never-ends')))())
      expectEqual(`200 or TimedOut, not ${result}`, result === 200 || result === 'TimedOut', true)
      expectEqual('requests', (await run.requests()).received.length, 1)
    },
  },
  {
    title: 'does not read an endless answer, and ends its connection',
    timeoutMillis: 1_000,
    check: async (http, run) => {
      const result = resultOf(await http(requestTo(run.url('pours')))())
      expectEqual(`200 or TimedOut, not ${result}`, result === 200 || result === 'TimedOut', true)
      await until(async () => (await run.requests()).received[0]?.isAborted === true, SOON_MILLIS)
    },
  },
]
