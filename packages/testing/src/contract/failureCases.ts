/** The cases without an answer: which error it is, in time, and with nothing that was sent. */
import {
  expectEqual,
  type HttpCase,
  requestTo,
  resultOf,
  SOON_MILLIS,
  TIMEOUT_MILLIS,
} from './HttpCase.ts'
import { until, within } from './within.ts'

// constructors

/** More requests than a client has connections. */
const MANY = 20

export const failureCases: ReadonlyArray<HttpCase> = [
  {
    title: 'reports a refused connection',
    check: async (http, run) => {
      expectEqual('result', resultOf(await http(requestTo(`${run.refusing}/`))()), 'Unreachable')
    },
  },
  {
    title: 'reports a connection that breaks before the answer',
    check: async (http, run) => {
      const answered = await http(requestTo(run.url('breaks')))()
      expectEqual('result', resultOf(answered), 'Unreachable')
    },
  },
  {
    title: 'fails on a certificate that nobody trusts',
    isSecure: true,
    check: async (http, { secure = 'none' }) => {
      expectEqual('result', (await http(requestTo(`${secure}/`))())._tag, 'Left')
    },
  },
  {
    title: 'reports an untrusted certificate as such',
    isSecure: true,
    needs: 'tls-errors',
    check: async (http, { secure = 'none' }) => {
      expectEqual('result', resultOf(await http(requestTo(`${secure}/`))()), 'Untrusted')
    },
  },
  {
    title: 'gives up on a server that never answers',
    timeoutMillis: 300,
    check: async (http, run) => {
      const answered = await http(requestTo(run.url('stays-silent')))()
      expectEqual('result', answered, {
        _tag: 'Left',
        left: { _tag: 'TimedOut', afterMillis: 300 },
      })
    },
  },
  {
    title: 'ends requests whose signal aborts, and those whose signal was aborted before',
    check: async (http, run) => {
      const giveUp = new AbortController()
      const silent = { ...requestTo(run.url('stays-silent')), signal: giveUp.signal }
      const waiting = Array.from({ length: MANY }, () => http(silent)())
      await until(async () => (await run.requests()).received.length > 0, SOON_MILLIS)
      giveUp.abort()
      for (const answer of await within(SOON_MILLIS, Promise.all(waiting))) {
        expectEqual('result of an aborted request', resultOf(answer), 'Closed')
      }
      const late = await within(SOON_MILLIS, http(silent)())
      expectEqual('result with a signal that was aborted before', resultOf(late), 'Closed')
    },
  },
  {
    title: 'frees the connections of requests whose signal aborts',
    needs: 'abort',
    check: async (http, run) => {
      const giveUp = new AbortController()
      const silent = { ...requestTo(run.url('stays-silent')), signal: giveUp.signal }
      const waiting = Array.from({ length: MANY }, () => http(silent)())
      await until(async () => (await run.requests()).received.length > 0, SOON_MILLIS)
      giveUp.abort()
      await within(SOON_MILLIS, Promise.all(waiting))
      const next = await within(SOON_MILLIS, http(requestTo(run.url('answers')))())
      expectEqual('result of the next request', resultOf(next), 200)
      const areEnded = async (): Promise<boolean> => {
        const { received } = await run.requests()
        return received.every(({ behaviour, isAborted }) => isAborted || behaviour === 'answers')
      }
      await until(areEnded, SOON_MILLIS)
    },
  },
  {
    title: 'ends the requests that are under way when it is closed, and makes no later ones',
    needs: 'close',
    check: async (http, run) => {
      const waiting = http(requestTo(run.url('stays-silent')))()
      await until(async () => (await run.requests()).received.length > 0, SOON_MILLIS)
      await within(SOON_MILLIS, http.close?.() ?? Promise.reject(new Error('no close')))
      expectEqual('result', resultOf(await within(SOON_MILLIS, waiting)), 'Closed')
      const later = http(requestTo(run.url('answers')))()
      expectEqual('later result', resultOf(await within(SOON_MILLIS, later)), 'Closed')
      expectEqual('requests', (await run.requests()).received.length, 1)
    },
  },
  {
    title: 'never rejects and never holds a header in its errors',
    check: async (http, run) => {
      const headers = { 'x-sentry-auth': 'Sentry sentry_key=hush, sentry_secret=hush' }
      for (const url of [run.url('breaks'), `${run.refusing}/`]) {
        const answered = await within(TIMEOUT_MILLIS, http({ ...requestTo(url), headers })())
        expectEqual('an error', answered._tag, 'Left')
        expectEqual('the secret', JSON.stringify(answered).includes('hush'), false)
      }
    },
  },
]
