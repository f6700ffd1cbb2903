import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import { live } from '../src/Live.ts'
import { main } from '../src/Main.ts'
import * as Sink from '../src/Sink.ts'

const inFolder = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  try {
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const files = suite('Live.live')

files('writes what it reads', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'a')
    await live.writeFile(path, new Uint8Array([1, 2]))()
    assert.equal(new Uint8Array(readFileSync(path)), new Uint8Array([1, 2]))
    const read = await live.readFile(path)()
    assert.equal(E.isRight(read) && [...read.right], [1, 2])
  }),
)

files('gives the reason of a failure in plain text', () =>
  inFolder(async (folder) => {
    const missing = join(folder, 'missing')
    assert.equal(
      await live.readFile(missing)(),
      E.left({ path: missing, reason: 'no such file or folder' }),
    )
    assert.equal(await live.readFile(folder)(), E.left({ path: folder, reason: 'is a folder' }))
  }),
)

files('prepares a folder: makes it, and removes only what matches', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'deep', 'out')
    assert.ok(E.isRight(await live.prepareFolder(out, /^\d+\.envelope$/)()))
    for (const name of ['00001.envelope', 'notes.txt']) writeFileSync(join(out, name), '')
    await live.prepareFolder(out, /^\d+\.envelope$/)()
    assert.equal(
      [existsSync(join(out, '00001.envelope')), existsSync(join(out, 'notes.txt'))],
      [false, true],
    )
  }),
)

files.run()

const SECRET = 'https://key:hush@sentry.example.com/42'

const messages = suite('messages about files')

messages('show no credentials that were given in the place of a file or an option', async () => {
  for (const words of [
    ['convert', '-x', SECRET],
    ['convert', `--${SECRET}`],
    ['convert', `key:hush@sentry.example.com/42`],
    ['explain', `./${SECRET}`],
    ['send', '--dsn', 'https://k@127.0.0.1/1', '--timeout-millis', SECRET],
    [SECRET],
  ]) {
    let text = ''
    const write = (part: string): void => {
      text += part
    }
    await main(words)({ ...live, stdout: write, stderr: write })()
    assert.ok(text.length > 0)
    assert.not.match(text, 'hush')
  }
})

messages.run()

const sending = suite('Live.live: Sentry')

const INPUT = pipe(
  OtlpInput.decode({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: 'a'.repeat(32),
                spanId: 'b'.repeat(16),
                name: 'work',
                startTimeUnixNano: '1000000000000000',
                endTimeUnixNano: '1000001000000000',
              },
            ],
          },
        ],
      },
    ],
  }),
  E.getOrElse(OtlpInput.ofError),
)

sending('sends to a server, and asks whether a DSN works', async () => {
  const received: Array<string> = []
  const sink = await Sink.open({
    port: 0,
    page: () => '',
    onEnvelope: ({ items }) => {
      received.push(...items.map(({ header }) => header.type))
    },
  })
  try {
    const options = { dsn: sink.dsn, insecureSkipVerify: false, timeoutMillis: 5_000 }
    const sent = await live.send({ ...options, environment: undefined, keepsTimes: false }, INPUT)()
    assert.is(E.isRight(sent) && sent.right.delivered.spans, 1)
    assert.equal(received, ['transaction'])
    assert.is((await live.check(options)())._tag, 'Ok')
  } finally {
    await sink.close()
  }
})

sending.run()
