import * as ClientReport from '@sentry-exporter/envelope/ClientReport'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import type * as Sealed from '@sentry-exporter/envelope/Sealed'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as _ from '../src/ClientReports.ts'
import * as TransportError from '../src/TransportError.ts'
import { accepted, recording, refused, sealed, unreachable } from './envelopes.ts'

/** The counts in an envelope. */
const reportOf = ({ bytes }: Sealed.Sealed): ClientReport.ClientReport => {
  const decoded = Envelope.decode(bytes)
  if (E.isLeft(decoded)) throw new Error('an envelope that cannot be read')
  return decoded.right.items
    .filter(({ header }) => header.type === 'client_report')
    .map(({ payload }) => JSON.parse(Utf8.decode(payload)).discarded_events)
    .reduce(ClientReport.Monoid.concat, ClientReport.empty)
}

const reports = suite('ClientReports')

reports('report a loss once, with the next envelope', async () => {
  const { count, append } = _.make(FakeClock.make())
  const { transport, sent } = recording((_one, index) => (index === 0 ? unreachable : accepted()))
  const reporting = pipe(transport, append, count)
  for (let i = 0; i < 3; i++) await reporting(sealed('transaction'))()
  assert.equal(sent.map(reportOf), [
    [],
    [
      { reason: 'network_error', category: 'span', quantity: 3 },
      { reason: 'network_error', category: 'transaction', quantity: 1 },
    ],
    [],
  ])
})

reports('are added back if the envelope was not accepted', async () => {
  const { count, append, waiting } = _.make(FakeClock.make())
  const { transport, sent } = recording(() => refused(400))
  const reporting = pipe(transport, append, count)
  await reporting(sealed('error'))()
  await reporting(sealed('error'))()
  assert.equal(reportOf(sent[1] ?? sealed('error')), [
    { reason: 'send_error', category: 'error', quantity: 1 },
  ])
  assert.equal(waiting(), [{ reason: 'send_error', category: 'error', quantity: 2 }])
})

reports('do not count refusals with 429, nor lost reports', async () => {
  const { count, append, waiting, add } = _.make(FakeClock.make())
  const reporting = pipe(recording(() => refused(429)).transport, append, count)
  await reporting(sealed('error'))()
  assert.equal(waiting(), [])
  add(ClientReport.of('before_send', [['span', 1]]))
  await reporting(sealed('internal', 'x', { lossesIfDropped: [] }))()
  assert.equal(waiting(), [{ reason: 'before_send', category: 'span', quantity: 1 }])
})

reports('call back at the first loss since the last report', async () => {
  let calls = 0
  const { add } = _.make(FakeClock.make(), () => calls++)
  add(ClientReport.empty)
  assert.is(calls, 0)
  add(ClientReport.of('before_send', [['span', 1]]))
  add(ClientReport.of('before_send', [['span', 1]]))
  assert.is(calls, 1)
})

reports('do not change the sealed bytes', async () => {
  const { append, add } = _.make(FakeClock.make())
  add(ClientReport.of('before_send', [['span', 1]]))
  const one = sealed('error')
  const before = Uint8Array.from(one.bytes)
  await append(recording(() => accepted()).transport)(one)()
  assert.equal(one.bytes, before)
})

reports('law: reported and unreported counts are all losses but those with 429', () => {
  const answers = fc.constantFrom(accepted(), unreachable, refused(400), refused(429), refused(503))
  return fc.assert(
    fc.asyncProperty(fc.array(answers, { maxLength: 20 }), async (list) => {
      const { count, append, waiting } = _.make(FakeClock.make())
      const { transport, sent } = recording((_one, index) => list[index] ?? accepted())
      const reporting = pipe(transport, append, count)
      for (const _one of list) await reporting(sealed('transaction'))()
      const reported = list.reduce(
        (sum, one, index) =>
          E.isRight(one)
            ? ClientReport.Monoid.concat(sum, reportOf(sent[index] ?? sealed('error')))
            : sum,
        ClientReport.empty,
      )
      const lost = list.reduce((sum, one) => {
        const reason = E.isLeft(one) ? TransportError.discardReason(one.left) : undefined
        return reason === undefined
          ? sum
          : ClientReport.Monoid.concat(
              sum,
              ClientReport.of(reason, sealed('transaction').lossesIfDropped),
            )
      }, ClientReport.empty)
      assert.equal(ClientReport.Monoid.concat(reported, waiting()), lost)
    }),
    { numRuns: 200 },
  )
})

reports.run()
