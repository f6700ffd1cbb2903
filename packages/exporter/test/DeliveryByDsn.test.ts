import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import * as Delivery from '@sentry-exporter/transport/Delivery'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/DeliveryByDsn.ts'

const dsn = (text: string): Dsn.Dsn => {
  const parsed = Dsn.parse(text)
  if (parsed._tag === 'Left') throw new Error('a bad DSN in a test')
  return parsed.right
}

const [MAIN, OTHER] = [dsn('https://a@one.example.com/1'), dsn('https://b@two.example.com/2')]

const sealed = (to: Dsn.Dsn): Sealed.Sealed =>
  Sealed.seal(
    { dsn: to, eventId: undefined, category: 'error', lossesIfDropped: [['error', 1]] },
    { header: {}, items: [Item.json('event', {})] },
  )

const open = (
  status: number,
): { readonly deliveries: _.DeliveryByDsn; readonly requests: ReadonlyArray<{ url: string }> } => {
  const { http, requests } = recordingHttp.make(() => recordingHttp.answering(status))
  const deliveries = _.make({
    http,
    clock: FakeClock.make(),
    client: 'test/1',
    main: MAIN,
    options: Delivery.defaults,
  })
  return { deliveries, requests }
}

const send = suite('DeliveryByDsn.send')

send('sends each envelope to its own DSN, and skips plans without one', async () => {
  const { deliveries, requests } = open(200)
  const made: Array<Dsn.Dsn | undefined> = []
  const outcome = await deliveries.send([MAIN, undefined, OTHER], (to) => {
    made.push(to)
    return to && sealed(to)
  })
  assert.equal(made, [MAIN, undefined, OTHER])
  assert.is(outcome.delivered.errors, 2)
  assert.equal(requests.map(({ url }) => new URL(url).host).sort(), [
    'one.example.com',
    'two.example.com',
  ])
})

send('resolves without envelopes', async () => {
  const { deliveries } = open(200)
  assert.is((await deliveries.send([], () => undefined)).delivered.errors, 0)
})

send('counts envelopes that were not accepted', async () => {
  const { deliveries } = open(400)
  const { droppedErrors, delivered } = await deliveries.send([MAIN], sealed)
  assert.equal([droppedErrors, delivered.errors], [{ send_error: 1 }, 0])
})

send.run()

const reconfigure = suite('DeliveryByDsn.reconfigure')

reconfigure('reports the losses of a former project to it, and then forgets it', async () => {
  const { deliveries, requests } = open(200)
  deliveries.lose({ sampled: 3 })
  deliveries.reconfigure({ main: OTHER, options: Delivery.defaults })
  await new Promise((resolve) => setImmediate(resolve))
  deliveries.lose({ sampled: 1 })
  await deliveries.report()
  assert.equal(
    requests.map(({ url }) => new URL(url).host),
    ['one.example.com', 'two.example.com'],
  )
})

reconfigure(
  'keeps the rate limits of a former project as long as its envelopes are under way',
  async () => {
    const { deliveries, requests } = open(503)
    const sending = deliveries.send([MAIN], sealed)
    await new Promise((resolve) => setImmediate(resolve))
    deliveries.lose({ sampled: 1 })
    deliveries.reconfigure({ main: OTHER, options: Delivery.defaults })
    deliveries.stop()
    const { droppedErrors } = await sending
    // It was stopped with the others, and reported nothing on its own.
    assert.equal([Object.values(droppedErrors), requests.length], [[1], 1])
  },
)

reconfigure.run()
