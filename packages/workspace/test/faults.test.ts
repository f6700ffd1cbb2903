import { nodeHttp } from '@sentry-exporter/transport-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runAllFaults } from '../src/campaigns/faults.ts'
import * as Fault from '../src/faults/Fault.ts'
import * as FaultServer from '../src/faults/FaultServer.ts'
import * as Ledger from '../src/faults/Ledger.ts'

const campaign = suite('campaign faults, two in a hundred')

campaign('every envelope is delivered, or counted with its reason', async () => {
  const reports = await runAllFaults(10)
  assert.is(reports.length, 20)
  assert.ok(reports.every(({ envelopes }) => envelopes === 10))
})

campaign.run()

const server = suite('FaultServer')

const ROWS: ReadonlyArray<readonly [Fault.Fault, number | string]> = [
  [Fault.take, 200],
  [{ _tag: 'Take', limit: { categories: ['error'], seconds: 60 } }, 200],
  [{ _tag: 'Refuse' }, 'Unreachable'],
  [{ _tag: 'Reset', isTaken: true }, 'Unreachable'],
  [{ _tag: 'NoAnswer', isTaken: false }, 'TimedOut'],
  [{ _tag: 'Drip' }, 200],
  [{ _tag: 'WrongLength' }, 200],
  [{ _tag: 'Garbage' }, 'Unreachable'],
  [Fault.status(413), 413],
  [Fault.status(429, { retryAfter: 7 }), 429],
  [{ _tag: 'WrongCertificate' }, 'Untrusted'],
]

for (const [fault, expected] of ROWS) {
  server(`${JSON.stringify(fault)} is received as ${expected}`, async () => {
    const open = await FaultServer.open({
      next: () => fault,
      isSecure: fault._tag === 'WrongCertificate',
    })
    const http = nodeHttp({ timeoutMillis: 300, proxy: false })
    const received = await http({ url: `${open.origin}/`, headers: {}, body: new Uint8Array(5) })()
    assert.is(received._tag === 'Right' ? received.right.status : received.left._tag, expected)
    if (received._tag === 'Right') {
      for (const [name, value] of Object.entries(Fault.headersOf(fault))) {
        assert.is(received.right.header(name), value)
      }
    }
    await http.close?.()
    await open.close()
  })
}

server.run()

const ledger = suite('Ledger')

const body = (type: string, id: string): Uint8Array =>
  new TextEncoder().encode(`{"event_id":"${id}"}\n{"type":"${type}","length":2}\n{}\n`)

ledger('sees repetitions, and requests that should not have come', () => {
  const books = Ledger.make()
  books.receive(body('event', 'a'), Fault.take, 0)(0)
  books.receive(body('event', 'a'), Fault.take, 1)(1)
  const limit = { categories: ['span'], seconds: 1 }
  books.receive(body('event', 'b'), { _tag: 'Take', limit }, 2)(2)
  books.receive(body('transaction', 'c'), Fault.take, 1_001)
  books.receive(body('transaction', 'd'), Fault.take, 1_002)
  books.receive(body('event', 'e'), Fault.status(500), 1_003)
  books.receive(new Uint8Array(3), Fault.take, 1_003)
  assert.equal([...books.taken], ['a', 'b', 'c', 'd'])
  assert.equal(books.counts, {
    requests: 7,
    repeated: 1,
    tooEarly: 1,
    errorsUnderLimits: 0,
    unreadable: 1,
  })
})

ledger.run()
