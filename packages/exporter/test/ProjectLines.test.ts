import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as TraceHeader from '@sentry-exporter/envelope/TraceHeader'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import type { Enqueue, Policy, Sent } from '@sentry-exporter/transport/Transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { losing } from '../src/losing.ts'
import type { ProjectAnswer, ProjectDirectory, RenewedProject } from '../src/ProjectDirectory.ts'
import * as _ from '../src/ProjectLines.ts'

const dsn = (text: string): Dsn.Dsn => {
  const parsed = Dsn.parse(text)
  if (parsed._tag === 'Left') throw new Error('a bad DSN in a test')
  return parsed.right
}

const [MAIN, SHOP, NEWER] = [
  dsn('https://main@host/1'),
  dsn('https://shop@host/2'),
  dsn('https://newer@host/2'),
]

const PROJECT = { slug: 'shop', name: 'Shop' }

const envelope = (to: Dsn.Dsn = Dsn.unknown): Sealed.Sealed =>
  Sealed.seal(
    { dsn: to, eventId: undefined, category: 'error', lossesIfDropped: [['error', 1]] },
    {
      header: { trace: TraceHeader.of(to, 'ab'.repeat(16), 'eu', 0.5) },
      items: [Item.json('event', {})],
    },
  )

interface Opened {
  readonly lines: _.ProjectLines
  readonly clock: FakeClock.FakeClock
  readonly give: (sealed?: Sealed.Sealed) => void
  readonly results: ReadonlyArray<string>
  /** The places of the envelopes that arrived, with the key of their trace header. */
  readonly arrived: ReadonlyArray<string>
  readonly answer: (answer: ProjectAnswer) => void
  readonly asked: () => number
}

const open = (
  {
    fallback,
    options = Delivery.defaults,
    renewed = { _tag: 'Unchanged' },
  }: {
    readonly fallback?: Dsn.Dsn
    readonly options?: Delivery.Options
    readonly renewed?: RenewedProject
  } = {},
  known?: ProjectAnswer,
): Opened => {
  const clock = FakeClock.make()
  const results: Array<string> = []
  const arrived: Array<string> = []
  let asked = 0
  let now = known
  let answer: (answer: ProjectAnswer) => void = () => undefined
  const found = new Promise<ProjectAnswer>((resolve) => {
    answer = (given) => {
      now = given
      resolve(given)
    }
  })
  const directory: ProjectDirectory = {
    known: () => now,
    find: () => {
      asked++
      return found
    },
    renew: async () => renewed,
    head: () => (now?._tag === 'Found' ? now.dsn : undefined),
  }
  const arriving =
    (place: string): Enqueue =>
    (sealed, settle) => {
      const decoded = Envelope.decode(sealed.bytes)
      const key = E.isRight(decoded) ? decoded.right.header.trace?.public_key : 'none'
      arrived.push(`${place} ${key}`)
      settle(
        E.right({ answer: { status: 200, rateLimits: undefined, retryAfter: undefined } }),
        sealed,
      )
    }
  const lines = _.make({
    directory,
    clock,
    options,
    deliver: (_project, to, policy) => {
      policies.push(policy)
      return arriving(to.projectId)
    },
    main: fallback,
    fallback: fallback && { dsn: fallback, give: arriving('default') },
  })
  return {
    lines,
    clock,
    results,
    arrived,
    answer,
    asked: () => asked,
    give: (sealed = envelope()) =>
      lines.giveTo(PROJECT)(sealed, (sent: Sent) => {
        results.push(E.isRight(sent) ? 'sent' : TransportError.show(sent.left))
      }),
  }
}

let policies: Array<Policy> = []

const giveTo = suite('ProjectLines.giveTo')

giveTo.before.each(() => {
  policies = []
})

giveTo('keeps envelopes until their project is known, in their order, and asks once', async () => {
  const { give, lines, arrived, answer, asked, clock, results } = open()
  give()
  give()
  assert.equal([lines.load().items, asked(), results.length], [2, 1, 0])
  answer({ _tag: 'Found', dsn: SHOP })
  await clock.advance(0)
  assert.equal(arrived, ['2 shop', '2 shop'])
  assert.equal([lines.load().items, results], [0, ['sent', 'sent']])
  give(envelope(SHOP))
  assert.equal([arrived.length, asked()], [3, 1])
})

giveTo('fills in the key of the trace header, and changes nothing else of it', async () => {
  const keyed = Envelope.mapHeader(({ trace }) => ({
    trace: trace && TraceHeader.withKeyOf(SHOP)(trace),
  }))(envelope().bytes)
  assert.equal(keyed, envelope(SHOP).bytes)
})

giveTo('gives what has no project to the default one', async () => {
  const { give, arrived, answer, clock } = open({ fallback: MAIN })
  give(envelope(MAIN))
  answer({ _tag: 'Missing', reason: 'no such project' })
  await clock.advance(0)
  give(envelope(MAIN))
  assert.equal(arrived, ['default main', 'default main'])
})

giveTo('counts what has no project, with the reason', async () => {
  const { give, answer, clock, results } = open()
  give()
  answer({ _tag: 'Missing', reason: 'no such project' })
  await clock.advance(0)
  give()
  const message = 'no project takes the envelope: shop: no such project'
  assert.equal(results, [message, message])
})

giveTo('waits no longer than for retries', async () => {
  const { give, clock, results } = open()
  give()
  await clock.advance(Delivery.defaults.retry.maxElapsedMillis - 1)
  assert.equal(results, [])
  await clock.advance(1)
  assert.equal(results, ['no project takes the envelope: shop: it was not found in time'])
  assert.is(clock.pending(), 0)
})

giveTo('is bounded by the limits of one queue', () => {
  const { give, lines, results } = open({
    options: { ...Delivery.defaults, maxItems: 1, overflow: 'dropNewest' },
  })
  give()
  give()
  assert.equal([lines.load().items, results], [1, ['the queue was full']])
})

giveTo('gives another DSN where there is one', async () => {
  const renewedBy = async (renewed: RenewedProject, fallback?: Dsn.Dsn): Promise<string> => {
    const { give } = open({ renewed, ...(fallback && { fallback }) }, { _tag: 'Found', dsn: SHOP })
    give()
    const keys: Array<string> = []
    const sent = await policies.at(-1)?.(({ dsn: { publicKey } }) => async () => {
      keys.push(publicKey)
      const answer = { rateLimits: undefined, retryAfter: undefined }
      return publicKey === 'shop'
        ? E.left(TransportError.refused({ status: 403, ...answer }))
        : E.right({ answer: { status: 200, ...answer } })
    })(envelope(SHOP))()
    if (sent === undefined) throw new Error('no delivery')
    return E.isRight(sent)
      ? String(keys)
      : `${TransportError.isRetryable(sent.left)} ${TransportError.show(sent.left)}`
  }
  assert.is(await renewedBy({ _tag: 'Found', dsn: NEWER }), 'shop,newer')
  assert.is(
    await renewedBy({ _tag: 'Unchanged' }),
    'false Sentry refused with status 403 (the project or the key is disabled: check the DSN)',
  )
  assert.is(await renewedBy({ _tag: 'Missing', reason: 'not found' }, MAIN), 'shop,main')
  assert.is(
    await renewedBy({ _tag: 'Missing', reason: 'not found' }),
    'false no project takes the envelope: shop: not found',
  )
  assert.is(
    await renewedBy({ _tag: 'Failed', reason: 'status 503' }),
    'true could not reach Sentry: shop: status 503',
  )
})

giveTo.run()

const handOver = suite('ProjectLines.handOver')

handOver('moves what waits, and what comes later', async () => {
  const { give, lines, clock, results } = open()
  give()
  lines.handOver(() => ({ give: losing(TransportError.abandoned) }))
  give()
  await clock.advance(0)
  const message = 'delivery was closed while the envelope was in the queue'
  assert.equal(results, [message, message])
})

handOver('gives what waits the DSN of its place, also in the trace header', async () => {
  const { give, lines, clock } = open()
  give()
  const moved: Array<string> = []
  lines.handOver(() => ({
    dsn: MAIN,
    give: ({ dsn: to, bytes }) => {
      const decoded = Envelope.decode(bytes)
      const key = E.isRight(decoded) ? decoded.right.header.trace?.public_key : 'none'
      moved.push(`${to.publicKey} ${key}`)
    },
  }))
  await clock.advance(0)
  assert.equal(moved, ['main main'])
})

handOver('leaves no timer behind', () => {
  const { give, lines, clock } = open()
  give()
  assert.is(clock.pending(), 1)
  lines.handOver(() => ({ give: losing(TransportError.abandoned) }))
  assert.is(clock.pending(), 0)
})

handOver.run()
