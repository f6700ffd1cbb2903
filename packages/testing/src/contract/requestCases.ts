/** The cases about the request that arrives. */
import * as ContractRun from './ContractRun.ts'
import { BODY, expectEqual, type HttpCase, requestTo, resultOf } from './HttpCase.ts'

// constructors

const AUTH = 'Sentry sentry_version=7, sentry_client=contract/1, sentry_key=public'

const bytesOf = (base64: string | undefined): Uint8Array =>
  Uint8Array.from(atob(base64 ?? ''), (character) => character.charCodeAt(0))

const areEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])

export const requestCases: ReadonlyArray<HttpCase> = [
  {
    title: 'posts the exact bytes to the exact path',
    check: async (http, run) => {
      expectEqual('result', resultOf(await http(requestTo(run.url('answers')))()), 200)
      const { received } = await run.requests()
      expectEqual(
        'requests',
        received.map(({ method, path }) => [method, path]),
        [['POST', ContractRun.PATH]],
      )
      expectEqual('body', [...bytesOf(received[0]?.body)], [...BODY])
    },
  },
  {
    title: 'sends a large body whole, compressed or not',
    check: async (http, run) => {
      const body = new Uint8Array(1_000_000).map((_, i) => i % 251)
      const answered = await http({ ...requestTo(run.url('answers')), body })()
      expectEqual('result', resultOf(answered), 200)
      const { received } = await run.requests()
      expectEqual('requests', received.length, 1)
      expectEqual('equal bodies', areEqual(bytesOf(received[0]?.body), body), true)
    },
  },
  {
    title: 'sends a body without bytes',
    check: async (http, run) => {
      const answered = await http({ ...requestTo(run.url('answers')), body: new Uint8Array(0) })()
      expectEqual('result', resultOf(answered), 200)
      const { received } = await run.requests()
      expectEqual(
        'requests',
        received.map(({ method, body }) => [method, body]),
        [['POST', '']],
      )
    },
  },
  {
    title: 'sends the authentication, in its header or in the query of the address',
    check: async (http, run) => {
      const headers = { 'x-sentry-auth': AUTH }
      await http({ ...requestTo(run.url('answers')), headers })()
      const { received } = await run.requests()
      const query = new URL(received[0]?.path ?? '/', 'http://host').searchParams
      expectEqual('other parts of the query', query.get('a'), 'b')
      if (query.has('sentry_key')) {
        const parts = ['sentry_version', 'sentry_client', 'sentry_key']
        expectEqual(
          'authentication in the query',
          parts.map((name) => query.get(name)),
          ['7', 'contract/1', 'public'],
        )
      } else {
        expectEqual('authentication in its header', received[0]?.headers['x-sentry-auth'], AUTH)
      }
    },
  },
  {
    title: 'sends the given headers',
    needs: 'headers',
    check: async (http, run) => {
      const headers = { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': AUTH }
      await http({ ...requestTo(run.url('answers')), headers })()
      const { received } = await run.requests()
      expectEqual(
        'headers',
        Object.keys(headers).map((name) => received[0]?.headers[name]),
        Object.values(headers),
      )
    },
  },
  {
    title: 'sends no CORS preflight request, with the headers of an envelope',
    needs: 'no-preflight',
    check: async (http, run) => {
      const headers = { 'content-type': 'application/x-sentry-envelope', 'x-sentry-auth': AUTH }
      await http({ ...requestTo(run.url('answers')), headers })()
      const { received, preflights } = await run.requests()
      expectEqual('requests and preflight requests', [received.length, preflights], [1, 0])
    },
  },
  {
    title: 'uses a connection again',
    needs: 'keep-alive',
    check: async (http, run) => {
      const times = 5
      for (let i = 0; i < times; i++) {
        // An answer with a body, and one with an error, which is read for its reason.
        await http(requestTo(run.url(i % 2 === 0 ? 'answers' : 'limits')))()
      }
      const { received } = await run.requests()
      expectEqual('requests', received.length, times)
      const connections = new Set(received.map(({ connection }) => connection)).size
      expectEqual('fewer connections than requests', connections < times, true)
    },
  },
]
