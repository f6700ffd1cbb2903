import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { Sent } from '../src/Transport.ts'
import * as TransportError from '../src/TransportError.ts'
import * as _ from '../src/withRenewedDsn.ts'

const dsn = (key: string): Dsn.Dsn => {
  const parsed = Dsn.parse(`https://${key}@host/1`)
  if (E.isLeft(parsed)) throw new Error('a bad DSN in a test')
  return parsed.right
}

const [OLD, NEW] = [dsn('old'), dsn('new')]

const answered = (status: number): Sent => {
  const answer = { status, rateLimits: undefined, retryAfter: undefined }
  return status === 200 ? E.right({ answer }) : E.left(TransportError.refused(answer))
}

/** Refuses the old key. */
const run = (
  renewed: ReturnType<ReturnType<_.RenewDsn>>,
  status = 403,
): {
  readonly send: () => Promise<Sent>
  readonly keys: ReadonlyArray<string>
  readonly asked: ReadonlyArray<string>
} => {
  const [keys, asked]: [Array<string>, Array<string>] = [[], []]
  const transport = _.withRenewedDsn(OLD, ({ publicKey }) => () => {
    asked.push(publicKey)
    return renewed
  })(({ dsn: { publicKey } }) => async () => {
    keys.push(publicKey)
    return answered(publicKey === 'old' ? status : 200)
  })
  return { send: () => transport(Sealed.bare(dsn('any')))(), keys, asked }
}

const withRenewedDsn = suite('withRenewedDsn')

for (const status of [401, 403, 404]) {
  withRenewedDsn(`sends again with another DSN after ${status}, and then always`, async () => {
    const { send, keys, asked } = run(Promise.resolve(E.right(NEW)), status)
    assert.ok(E.isRight(await send()))
    assert.ok(E.isRight(await send()))
    assert.equal([keys, asked], [['old', 'new', 'new'], ['old']])
  })
}

withRenewedDsn('asks once for envelopes that were refused together', async () => {
  let resolve: (renewed: E.Either<never, Dsn.Dsn>) => void = () => undefined
  const { send, keys } = run(
    new Promise((done) => {
      resolve = done
    }),
  )
  const both = Promise.all([send(), send()])
  resolve(E.right(NEW))
  assert.equal((await both).map(E.isRight), [true, true])
  assert.equal([...keys].sort(), ['new', 'new', 'old', 'old'])
})

withRenewedDsn('leaves other answers, and a refusal without another DSN', async () => {
  for (const status of [400, 413, 429, 503]) {
    const { send, asked } = run(Promise.resolve(E.right(NEW)), status)
    assert.equal([await send(), asked], [answered(status), []])
  }
  const { send } = run(Promise.resolve(E.right(undefined)))
  assert.equal(await send(), answered(403))
})

withRenewedDsn('gives the error of the search', async () => {
  const error = TransportError.unreachable('ECONNRESET')
  assert.equal(await run(Promise.resolve(E.left(error))).send(), E.left(error))
})

withRenewedDsn('ends a search without end as soon as its signal aborts', async () => {
  const cutting = new AbortController()
  const transport = _.withRenewedDsn(
    OLD,
    () => () => new Promise(() => undefined),
  )(() => async () => answered(403))
  const sent = transport(Sealed.bare(OLD), cutting.signal)()
  setImmediate(() => cutting.abort())
  assert.equal(await sent, E.left(TransportError.closed))
})

withRenewedDsn('survives a search that rejects', async () => {
  const { send } = run(Promise.reject(new Error('hush')))
  assert.equal(
    await send(),
    E.left(TransportError.unreachable('the search for another DSN rejected')),
  )
})

withRenewedDsn.run()
