import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { FileError } from '../src/Capabilities.ts'
import type { InputFile } from '../src/input/InputFile.ts'
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

const elementsOf = async ({
  chunks,
}: InputFile): Promise<ReadonlyArray<E.Either<FileError, Uint8Array>>> => {
  const elements: Array<E.Either<FileError, Uint8Array>> = []
  for await (const chunk of chunks()) elements.push(chunk)
  return elements
}

const bytesIn = async (file: InputFile): Promise<ReadonlyArray<number>> =>
  (await elementsOf(file)).flatMap((chunk) => (E.isRight(chunk) ? [...chunk.right] : []))

const files = suite('Live.live')

files('writes what it reads', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'a')
    await live.writeFile(path, new Uint8Array([1, 2]))()
    assert.equal(new Uint8Array(readFileSync(path)), new Uint8Array([1, 2]))
    const opened = await live.openInput(path)()
    if (E.isLeft(opened)) throw new Error(opened.left.reason)
    assert.is(opened.right.size, 2)
    // A file can be read again.
    for (const _time of [1, 2]) assert.equal(await bytesIn(opened.right), [1, 2])
  }),
)

files('gives the reason of a failure in plain text', () =>
  inFolder(async (folder) => {
    const missing = join(folder, 'missing')
    assert.equal(
      await live.openInput(missing)(),
      E.left({ path: missing, reason: 'no such file or folder' }),
    )
    assert.equal(await live.openInput(folder)(), E.left({ path: folder, reason: 'is a folder' }))
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

files('keeps a stream in a file of its own, which can be read again and is removed', async () => {
  let isRead = false
  const stream: InputFile = {
    path: '-',
    size: undefined,
    chunks: async function* () {
      assert.is(isRead, false)
      isRead = true
      yield E.right(new Uint8Array([1]))
      yield E.right(new Uint8Array([2, 3]))
    },
  }
  let count = 0
  const onRead = (bytes: number): void => {
    count += bytes
  }
  const kept = await live.keepInput(stream, { onRead, isEnded: () => false })()
  if (E.isLeft(kept)) throw new Error(kept.left.reason)
  for (const _time of [1, 2]) assert.equal(await bytesIn(kept.right), [1, 2, 3])
  assert.equal([count, kept.right.size, kept.right.path], [3, 3, '-'])
  await kept.right.remove()
  const [removed] = await elementsOf(kept.right)
  assert.match(JSON.stringify(removed), 'no such file or folder')
})

files('gives the reason why a stream could not be kept', async () => {
  const stream: InputFile = {
    path: '-',
    size: undefined,
    chunks: async function* () {
      yield E.left({ path: '-', reason: 'broken' })
    },
  }
  const kept = await live.keepInput(stream, { onRead: () => undefined, isEnded: () => false })()
  assert.equal(kept, E.left({ path: '-', reason: 'broken' }))
})

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

const REQUEST = {
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
}

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
    const onOutcome = (): void => undefined
    const opened = live.openExporter({
      ...options,
      environment: undefined,
      perSecond: undefined,
      onOutcome,
    })
    if (E.isLeft(opened)) throw new Error(opened.left)
    await opened.right.exportOtlp(REQUEST)
    assert.is((await opened.right.shutdown(5_000)).delivered.spans, 1)
    assert.equal(received, ['transaction'])
    assert.is((await live.check(options)())._tag, 'Ok')
  } finally {
    await sink.close()
  }
})

sending.run()
