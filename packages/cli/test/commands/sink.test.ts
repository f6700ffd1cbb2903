import type { Envelope } from '@sentry-exporter/envelope/Envelope'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TE from '#fp-ts/TaskEither'
import type { Capabilities } from '../../src/Capabilities.ts'
import { main } from '../../src/Main.ts'
import type { SinkOptions } from '../../src/Sink.ts'

interface FakeProcess extends Capabilities {
  readonly printed: { stdout: string; stderr: string }
  readonly opened: Array<Omit<SinkOptions, 'viewer'>>
  readonly closed: () => boolean
}

const ENVELOPE: Envelope = {
  header: {},
  items: [{ header: { type: 'session' }, payload: new TextEncoder().encode('{}') }],
}

/** A process that receives this many envelopes before the user ends it. */
const fakeProcess = (envelopes: number, hasViewer = true): FakeProcess => {
  const printed = { stdout: '', stderr: '' }
  const opened: Array<Omit<SinkOptions, 'viewer'>> = []
  let isClosed = false
  return {
    printed,
    opened,
    closed: () => isClosed,
    readFile: (path) => TE.left({ path, reason: 'no files here' }),
    writeFile: (path) => TE.left({ path, reason: 'no files here' }),
    prepareFolder: (path) => TE.left({ path, reason: 'no files here' }),
    stdout: (text) => {
      printed.stdout += text
    },
    stderr: (text) => {
      printed.stderr += text
    },
    isTerminal: false,
    check: () => () => Promise.resolve({ _tag: 'Ok' }),
    send: () => TE.left('no Sentry here'),
    loadConfig: () => TE.left(['no configuration here']),
    startGateway: () => TE.left(['no gateway here']),
    variable: () => undefined,
    openSink: (options) => {
      opened.push(options)
      return TE.right({
        url: 'http://127.0.0.1:8969/',
        dsn: 'http://key@127.0.0.1:8969/1',
        hasViewer,
        refused: () => 2,
        repeated: () => 0,
        close: async () => {
          isClosed = true
        },
      })
    },
    onHangup: () => undefined,
    interrupted: async () => {
      for (let count = 0; count < envelopes; count++) opened[0]?.onEnvelope(ENVELOPE)
    },
  }
}

const sink = suite('sink')

sink('prints its addresses, a line for each envelope, and a summary at its end', async () => {
  const one = fakeProcess(2)
  assert.is(await main(['sink'])(one)(), 0)
  assert.is(
    one.printed.stdout,
    `sink    http://127.0.0.1:8969/
dsn     http://key@127.0.0.1:8969/1
viewer  open the address in a browser to see the envelopes

session  2 bytes
session  2 bytes

2 envelopes, 2 requests refused
`,
  )
  assert.ok(one.closed())
})

sink('tries the default port first, or uses only the given one', async () => {
  const free = fakeProcess(0)
  await main(['sink'])(free)()
  assert.is(free.opened[0]?.port, 8969)
  assert.is(free.opened[0]?.isPortFixed, false)
  const wanted = fakeProcess(0)
  await main(['sink', '--port', '0'])(wanted)()
  assert.is(wanted.opened[0]?.port, 0)
  assert.is(wanted.opened[0]?.isPortFixed, true)
})

sink(
  'names the package to install if there is no viewer, and shows lines of text in a browser',
  async () => {
    const one = fakeProcess(300, false)
    await main(['sink'])(one)()
    assert.match(one.printed.stdout, '@spotlightjs/spotlight')
    const lines = one.opened[0]?.page().trimEnd().split('\n') ?? []
    assert.is(lines[0], '300 envelopes received.')
    assert.is(lines.length, 202, 'the newest lines are kept')
  },
)

sink('ends with 2 when it cannot listen', async () => {
  const one: FakeProcess = {
    ...fakeProcess(0),
    openSink: () => TE.left('127.0.0.1:1: no permission'),
  }
  assert.is(await main(['sink', '--port', '1'])(one)(), 2)
  assert.is(one.printed.stderr, '127.0.0.1:1: no permission\n')
})

for (const args of [
  ['--port', '65536'],
  ['--port', 'x'],
  ['--port', '-1'],
  ['--nonsense'],
  ['x'],
]) {
  sink(`ends with 2 and the usage for: ${args.join(' ')}`, async () => {
    const one = fakeProcess(0)
    assert.is(await main(['sink', ...args])(one)(), 2)
    assert.match(one.printed.stderr, 'Usage: sentry-exporter sink')
    assert.is(one.opened.length, 0)
  })
}

sink('ends with 0 and the usage for --help', async () => {
  const one = fakeProcess(0)
  assert.is(await main(['sink', '--help'])(one)(), 0)
  assert.match(one.printed.stdout, 'Usage: sentry-exporter sink')
})

sink.run()
