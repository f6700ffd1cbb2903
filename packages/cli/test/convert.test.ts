import { readFileSync } from 'node:fs'
import * as EnvelopeReader from '@sentry-exporter/testkit/EnvelopeReader'
import * as Recorded from '@sentry-exporter/testkit/Recorded'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TE from '#fp-ts/TaskEither'
import type { Capabilities } from '../src/Capabilities.ts'
import { main } from '../src/Main.ts'

interface World extends Capabilities {
  readonly files: Map<string, Uint8Array>
  readonly printed: { stdout: string; stderr: string }
}

/** A world in memory: files that can be read, and what was written and printed. */
const world = (readable: Readonly<Record<string, string | Uint8Array>>): World => {
  const files = new Map<string, Uint8Array>()
  const printed = { stdout: '', stderr: '' }
  return {
    files,
    printed,
    readFile: (path) => {
      const content = readable[path]
      if (content === undefined) return TE.left({ path, reason: 'no such file or folder' })
      return TE.right(typeof content === 'string' ? new TextEncoder().encode(content) : content)
    },
    writeFile: (path, bytes) => TE.fromIO(() => void files.set(path, bytes)),
    prepareFolder: () => TE.right(undefined),
    stdout: (text) => {
      printed.stdout += text
    },
    stderr: (text) => {
      printed.stderr += text
    },
    openSink: () => TE.left('no sink here'),
    interrupted: () => Promise.resolve(),
  }
}

const summary = ({ printed }: World): unknown =>
  JSON.parse(printed.stderr.trimEnd().split('\n').at(-1) ?? '')

const recordedWorld = (recorded: Recorded.Recorded): World =>
  world(Object.fromEntries(recorded.files.map((path) => [path, readFileSync(path)])))

const SPAN = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'work',
  startTimeUnixNano: '1',
  endTimeUnixNano: '2',
}

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const convert = suite('convert')

for (const recorded of Recorded.all) {
  convert(`${recorded.name}: writes numbered envelopes that hold every span once`, async () => {
    const one = recordedWorld(recorded)
    assert.is(await main(['convert', '--out', 'out', ...recorded.files])(one)(), 0)
    const spans = recorded.name === 'shop-old-json' ? 3417 : 2817
    assert.equal(summary(one), {
      spansIn: spans,
      spansOut: spans,
      traces: 14,
      transactions: 44,
      errors: 19,
      losses: {},
    })
    assert.equal([...one.files.keys()].slice(0, 2), ['out/00001.envelope', 'out/00002.envelope'])
    assert.is(one.files.size, 63)
    const read = EnvelopeReader.read([...one.files.values()])
    assert.equal(EnvelopeReader.complaints(read), [])
    assert.is(EnvelopeReader.spanKeys(read).length, spans)
  })
}

convert('gives the same bytes at every run, without a time or a DSN in them', async () => {
  const [recorded] = Recorded.all
  assert.ok(recorded !== undefined)
  const worlds = [recordedWorld(recorded), recordedWorld(recorded)]
  for (const one of worlds) await main(['convert', '--out', 'out', ...recorded.files])(one)()
  assert.equal(worlds[0]?.files, worlds[1]?.files)
  for (const bytes of worlds[0]?.files.values() ?? []) {
    assert.not.match(new TextDecoder().decode(bytes).split('\n')[0] ?? '', /sent_at|dsn/)
  }
})

convert('forces an environment on every event', async () => {
  const one = world({ a: request(SPAN) })
  assert.is(await main(['convert', '--environment', 'prod', '--out', 'out', 'a'])(one)(), 0)
  assert.match(new TextDecoder().decode([...one.files.values()][0]), '"environment":"prod"')
})

convert('prints for reading without --out', async () => {
  const child = {
    ...SPAN,
    spanId: 'c'.repeat(16),
    parentSpanId: SPAN.spanId,
    name: 'a\u001b[31m child',
  }
  const one = world({ a: request(SPAN, child) })
  assert.is(await main(['convert', 'a'])(one)(), 0)
  assert.is(one.printed.stdout, 'work  0.0 ms\n└─ a [31m child  0.0 ms\n')
})

convert('reads files as one stream: a trace may be spread over them', async () => {
  const child = { ...SPAN, spanId: 'c'.repeat(16), parentSpanId: SPAN.spanId }
  const one = world({ a: request(child), b: request(SPAN) })
  assert.is(await main(['convert', 'a', 'b'])(one)(), 0)
  assert.equal(summary(one), {
    spansIn: 2,
    spansOut: 2,
    traces: 1,
    transactions: 1,
    errors: 0,
    losses: {},
  })
})

convert(
  'ends with 1 when a span or a file was rejected, names the place, and does the rest',
  async () => {
    const one = world({ a: request(SPAN, { ...SPAN, spanId: 'x' }), b: 'nonsense' })
    assert.is(await main(['convert', '--out', 'out', 'a', 'b', 'c'])(one)(), 1)
    assert.match(
      one.printed.stderr,
      'rejected: a: resourceSpans[0].scopeSpans[0].spans[1].spanId: expected',
    )
    assert.match(one.printed.stderr, 'b: not JSON')
    assert.match(one.printed.stderr, 'c: no such file')
    assert.is(one.files.size, 1)
    assert.equal(summary(one), {
      spansIn: 2,
      spansOut: 1,
      traces: 1,
      transactions: 1,
      errors: 0,
      losses: { invalid: 1 },
    })
  },
)

convert('ends with 2 when nothing could be read', async () => {
  const one = world({ b: 'nonsense' })
  assert.is(await main(['convert', 'b', 'c'])(one)(), 2)
  assert.is(one.files.size, 0)
})

convert('ends with 2 when nothing could be written', async () => {
  const one: World = {
    ...world({ a: request(SPAN) }),
    prepareFolder: (path) => TE.left({ path, reason: 'is a file' }),
  }
  assert.is(await main(['convert', '--out', 'out', 'a'])(one)(), 2)
  assert.match(one.printed.stderr, 'out: is a file')
})

const WRONG: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
  [['convert'], 'no file'],
  [['convert', '--max-spans', '0', 'a'], '--max-spans: expected a whole number from 1, got "0"'],
  [['convert', '--max-spans', 'many', 'a'], '--max-spans'],
  [['convert', '--environment', 'a/b', 'a'], '--environment'],
  [['convert', '--nonsense', 'a'], '--nonsense'],
  [['convert', '--out'], '--out'],
  [['nonsense'], 'unknown command "nonsense"'],
  [[], 'no command'],
]

for (const [args, complaint] of WRONG) {
  convert(`ends with 2 and the usage for: ${args.join(' ')}`, async () => {
    const one = world({ a: request(SPAN) })
    assert.is(await main(args)(one)(), 2)
    assert.match(one.printed.stderr, complaint)
    assert.match(one.printed.stderr, 'Usage: sentry-exporter')
  })
}

convert('ends with 0 and the usage for --help', async () => {
  for (const args of [['--help'], ['convert', '--help']]) {
    const one = world({})
    assert.is(await main(args)(one)(), 0)
    assert.match(one.printed.stdout, 'Usage: sentry-exporter')
  }
})

convert.run()
