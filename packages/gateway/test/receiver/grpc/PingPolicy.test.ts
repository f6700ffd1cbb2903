import { EventEmitter } from 'node:events'
import { connect } from 'node:http2'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/receiver/grpc/PingPolicy.ts'
import * as ReceiverDefaults from '../../../src/receiver/ReceiverDefaults.ts'
import { openGrpc } from '../recording.ts'

const policy = suite('PingPolicy')

/** Pings at these times, in milliseconds; gives whether the connection was ended. */
const isEnded = (
  times: ReadonlyArray<number>,
  {
    hasCall,
    permitWithoutStream = false,
    answers = [],
  }: {
    readonly hasCall: boolean
    readonly permitWithoutStream?: boolean
    /** Before the pings with these indices, a call is answered. */
    readonly answers?: ReadonlyArray<number>
  },
): boolean => {
  let millis = 0
  let ended = false
  const session = Object.assign(new EventEmitter(), {
    goaway: () => undefined,
    destroy: () => {
      ended = true
    },
  })
  _.enforce({ minMillis: 1_000, permitWithoutStream }, session, () => millis)
  if (hasCall) session.emit('stream', new EventEmitter())
  for (const [index, time] of times.entries()) {
    if (answers.includes(index)) {
      const stream = new EventEmitter()
      session.emit('stream', stream)
      stream.emit('close')
    }
    millis = time
    session.emit('ping')
  }
  return ended
}

for (const [title, times, options, ended] of [
  ['permits pings at the rate', [0, 1_000, 2_000, 3_000, 4_000], { hasCall: true }, false],
  ['ends a connection at the third ping that is too early', [0, 1, 2, 3], { hasCall: true }, true],
  ['permits two that are too early', [0, 1, 2], { hasCall: true }, false],
  ['does not permit pings without a call', [0, 5_000, 10_000, 15_000], { hasCall: false }, true],
  [
    'permits pings without a call where the configuration does',
    [0, 5_000, 10_000, 15_000],
    { hasCall: false, permitWithoutStream: true },
    false,
  ],
  ['counts again after an answer', [0, 1, 2, 3, 4], { hasCall: true, answers: [3] }, false],
] as const) {
  policy(title, () => {
    assert.is(isEnded(times, options), ended)
  })
}

policy('permits every ping without a configured rate', () => {
  assert.is(_.ofConfig(ReceiverDefaults.grpc.keepalive), undefined)
})

policy('applies to connections of the receiver', async () => {
  const grpc = await openGrpc({
    keepalive: { ...ReceiverDefaults.grpc.keepalive, enforcementMinMillis: 60_000 },
  })
  const session = connect(`http://127.0.0.1:${grpc.port}`)
  session.on('error', () => undefined)
  await new Promise((resolve) => session.once('remoteSettings', resolve))
  const ended = new Promise((resolve) => session.once('goaway', resolve))
  for (let i = 0; i < 5; i++) session.ping(() => undefined)
  assert.is(await ended, 11)
  session.destroy()
  await grpc.listener.close(1_000)
})

policy.run()
