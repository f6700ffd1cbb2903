import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import * as EnvelopeReader from '@sentry-exporter/testing/EnvelopeReader'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { type TestEnvironment, testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as TE from '#fp-ts/TaskEither'
import { main } from '../src/Main.ts'

const summary = ({ printed }: TestEnvironment): unknown =>
  JSON.parse(printed.stderr.trimEnd().split('\n').at(-1) ?? '')

const recordedFiles = (recorded: Recorded.Recording): TestEnvironment =>
  testEnvironment(Object.fromEntries(recorded.files.map((path) => [path, readFileSync(path)])))

const SPAN = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  name: 'work',
  startTimeUnixNano: '1',
  endTimeUnixNano: '2',
}

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const metricsOf = (...metrics: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })

const convert = suite('convert')

for (const recorded of Recorded.all) {
  convert(`${recorded.name}: writes numbered envelopes that hold every span once`, async () => {
    const one = recordedFiles(recorded)
    assert.is(await main(['convert', '--out', 'out', ...recorded.files])(one)(), 0)
    const spans = recorded.name === 'shop-old-json' ? 3417 : 2817
    assert.equal(summary(one), {
      spansIn: spans,
      spansOut: spans,
      traces: 14,
      transactions: recorded.name === 'shop-old-json' ? 48 : 47,
      errors: 5,
      logs: 0,
      metrics: 0,
      losses: { error_copy: 14 },
    })
    assert.equal([...one.files.keys()].slice(0, 2), ['out/00001.envelope', 'out/00002.envelope'])
    assert.is(one.files.size, recorded.name === 'shop-old-json' ? 53 : 52)
    const read = EnvelopeReader.read([...one.files.values()])
    assert.equal(EnvelopeReader.problems(read), [])
    assert.is(EnvelopeReader.spanKeys(read).length, spans)
  })
}

convert('gives the same bytes at every run, without a time or a DSN in them', async () => {
  const [recorded] = Recorded.all
  assert.ok(recorded !== undefined)
  const worlds = [recordedFiles(recorded), recordedFiles(recorded)]
  for (const one of worlds) await main(['convert', '--out', 'out', ...recorded.files])(one)()
  assert.equal(worlds[0]?.files, worlds[1]?.files)
  for (const bytes of worlds[0]?.files.values() ?? []) {
    assert.not.match(new TextDecoder().decode(bytes).split('\n')[0] ?? '', /sent_at|dsn/)
  }
})

for (const recorded of Recorded.all) {
  convert(`${recorded.name}: any order and pieces of arrival give the same bytes`, async () => {
    const written = async (...flags: ReadonlyArray<string>): Promise<TestEnvironment['files']> => {
      const one = recordedFiles(recorded)
      assert.is(await main(['convert', '--out', 'out', ...flags, ...recorded.files])(one)(), 0)
      return one.files
    }
    const plain = await written()
    assert.equal(await written('--shuffle', '1', '--batch', '7'), plain)
    assert.equal(await written('--batch', '1'), plain)
    assert.equal(await written('--shuffle', '2', '--batch', '100000'), plain)
  })

  convert(
    `${recorded.name}: stays whole and connected with ten spans to a transaction`,
    async () => {
      const one = recordedFiles(recorded)
      await main(['convert', '--out', 'out', '--max-spans', '10', ...recorded.files])(one)()
      const read = EnvelopeReader.read([...one.files.values()])
      assert.equal(EnvelopeReader.problems(read), [])
      assert.is(
        EnvelopeReader.spanKeys(read).length,
        recorded.name === 'shop-old-json' ? 3417 : 2817,
      )
      const known = new Set(
        read.transactions.flatMap(({ root, spans }) =>
          [root, ...spans].map(({ spanId }) => spanId),
        ),
      )
      for (const { root, spans } of read.transactions) {
        assert.ok(spans.length <= 10)
        assert.ok(root.parentSpanId === undefined || known.has(root.parentSpanId))
      }
    },
  )
}

convert('sets the environment of every event', async () => {
  const one = testEnvironment({ a: request(SPAN) })
  assert.is(await main(['convert', '--environment', 'prod', '--out', 'out', 'a'])(one)(), 0)
  assert.match(new TextDecoder().decode([...one.files.values()][0]), '"environment":"prod"')
})

convert('prints the envelopes as text without --out', async () => {
  const child = {
    ...SPAN,
    spanId: 'c'.repeat(16),
    parentSpanId: SPAN.spanId,
    name: 'a\u001b[31m child',
  }
  const one = testEnvironment({ a: request(SPAN, child) })
  assert.is(await main(['convert', 'a'])(one)(), 0)
  assert.is(one.printed.stdout, 'work  0.0 ms\n└─ a [31m child  0.0 ms\n')
})

convert('prints errors without control characters, in every field', async () => {
  const attributes = [
    { key: 'exception.type', value: { stringValue: 'T\u001b[2J' } },
    { key: 'exception.message', value: { stringValue: 'm\u001b[2J' } },
  ]
  const span = { ...SPAN, name: 'n\u001b[2J', events: [{ name: 'exception', attributes }] }
  const one = testEnvironment({ a: request(span) })
  await main(['convert', 'a'])(one)()
  assert.not.match(one.printed.stdout.replaceAll('\n', ''), /\p{Cc}/u)
})

convert('reads files as one stream: a trace may be spread over them', async () => {
  const child = { ...SPAN, spanId: 'c'.repeat(16), parentSpanId: SPAN.spanId }
  const one = testEnvironment({ a: request(child), b: request(SPAN) })
  assert.is(await main(['convert', 'a', 'b'])(one)(), 0)
  assert.equal(summary(one), {
    spansIn: 2,
    spansOut: 2,
    traces: 1,
    transactions: 1,
    errors: 0,
    logs: 0,
    metrics: 0,
    losses: {},
  })
})

convert(
  'ends with 1 when a span or a file was rejected, names the place, and does the rest',
  async () => {
    const one = testEnvironment({ a: request(SPAN, { ...SPAN, spanId: 'x' }), b: 'nonsense' })
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
      logs: 0,
      metrics: 0,
      losses: { invalid: 1 },
    })
  },
)

convert('ends with 2 when nothing could be read', async () => {
  const one = testEnvironment({ b: 'nonsense' })
  assert.is(await main(['convert', 'b', 'c'])(one)(), 2)
  assert.is(one.files.size, 0)
})

convert('ends with 2 when nothing could be written', async () => {
  const one: TestEnvironment = {
    ...testEnvironment({ a: request(SPAN) }),
    prepareFolder: (path) => TE.left({ path, reason: 'is a file' }),
  }
  assert.is(await main(['convert', '--out', 'out', 'a'])(one)(), 2)
  assert.match(one.printed.stderr, 'out: is a file')
})

const WRONG: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
  [['convert'], 'no file'],
  [
    ['convert', '--max-spans', '0', 'a'],
    '--max-spans: expected a whole number from 1 to 999999999, got "0"',
  ],
  [['convert', '--max-spans', 'many', 'a'], '--max-spans'],
  [['convert', '--environment', 'a/b', 'a'], '--environment'],
  [['convert', '--batch', '0', 'a'], '--batch: expected a whole number from 1'],
  [['convert', '--shuffle', 'x', 'a'], '--shuffle: expected a whole number from 0'],
  [['convert', '--nonsense', 'a'], '--nonsense'],
  [['explain'], 'no file'],
  [['explain', '--max-spans', '0', 'a'], '--max-spans'],
  [['convert', '--out'], '--out'],
  [['nonsense'], 'unknown command "nonsense"'],
  [[], 'no command'],
]

for (const [args, message] of WRONG) {
  convert(`ends with 2 and the usage for: ${args.join(' ')}`, async () => {
    const one = testEnvironment({ a: request(SPAN) })
    assert.is(await main(args)(one)(), 2)
    assert.match(one.printed.stderr, message)
    assert.match(one.printed.stderr, 'Usage: sentry-exporter')
  })
}

convert('ends with 0 and the usage for --help', async () => {
  for (const args of [['--help'], ['convert', '--help']]) {
    const one = testEnvironment({})
    assert.is(await main(args)(one)(), 0)
    assert.match(one.printed.stdout, 'Usage: sentry-exporter')
  }
})

convert('reads standard input for -, and gzip', async () => {
  const one = testEnvironment({ '-': gzipSync(request(SPAN)) })
  assert.is(await main(['convert', '-'])(one)(), 0)
  assert.is(one.printed.stdout, 'work  0.0 ms\n')
})

convert('converts log records, their exceptions, and metrics', async () => {
  const attributes = [{ key: 'exception.type', value: { stringValue: 'Lost' } }]
  const logRecords = [{ timeUnixNano: '1', severityNumber: 17, attributes }, {}]
  const one = testEnvironment({
    logs: JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }),
    metrics: metricsOf({ name: 'size', unit: 'By', gauge: { dataPoints: [{ asInt: 1 }] } }),
  })
  assert.is(await main(['convert', 'logs', 'metrics'])(one)(), 0)
  assert.match(one.printed.stdout, 'error  Lost')
  assert.match(one.printed.stdout, '1 metric\n  gauge         size  1 byte\n')
  assert.equal(summary(one), {
    spansIn: 0,
    spansOut: 0,
    traces: 0,
    transactions: 0,
    errors: 1,
    logs: 2,
    metrics: 1,
    losses: {},
  })
})

convert('ends with 1 when a metric was rejected, and names the place', async () => {
  const dataPoints = [{ asInt: 'x' }, { asInt: 1 }]
  const one = testEnvironment({ f: metricsOf({ name: 'size', gauge: { dataPoints } }, {}) })
  assert.is(await main(['convert', 'f'])(one)(), 1)
  const metrics = 'resourceMetrics[0].scopeMetrics[0].metrics'
  assert.match(one.printed.stderr, `rejected: f: ${metrics}[0].gauge.dataPoints[0].asInt: expected`)
  assert.match(one.printed.stderr, `rejected: f: ${metrics}[1]`)
  assert.equal(
    [Object(summary(one))['metrics'], Object(summary(one))['losses']],
    [1, { invalid_metric: 2 }],
  )
  const other = testEnvironment({ f: metricsOf({}) })
  assert.is(await main(['explain', 'f'])(other)(), 1)
  assert.match(other.printed.stderr, 'rejected: f: ')
})

convert('counts series, points and items by name, and writes envelopes of metrics', async () => {
  const point = { timeUnixNano: '2000', count: 5, sum: 10 }
  const histogram = {
    aggregationTemporality: 1,
    dataPoints: [{ ...point, explicitBounds: [1, 4], bucketCounts: [0, 4, 1] }],
  }
  const dataPoints = [
    { asInt: 1, timeUnixNano: '1000' },
    { asInt: 2, timeUnixNano: '2000' },
  ]
  const one = testEnvironment({
    f: metricsOf({ name: 'size', gauge: { dataPoints } }, { name: 'job\u001b[2J', histogram }),
  })
  assert.is(await main(['convert', '--out', 'out', 'f'])(one)(), 0)
  assert.equal(one.printed.stderr.trimEnd().split('\n').slice(0, -1), [
    'metric       series      points       items',
    'size              1           2           2',
    'job [2J           1           1           2',
    'all               2           3           4',
  ])
  const { metrics } = EnvelopeReader.read([...one.files.values()])
  assert.equal(
    metrics.map(({ name, type, weight }) => [name, type, weight]),
    [
      ['size', 'gauge', 1],
      ['size', 'gauge', 1],
      ['job\u001b[2J', 'distribution', 4],
      ['job\u001b[2J', 'distribution', 1],
    ],
  )
})

// content of a file, the exit code, and the message
const FOREIGN: ReadonlyArray<readonly [string | Uint8Array, number, string]> = [
  ['{"name":"shop"}', 1, 'got an object with the key "name"'],
  ['', 1, 'got an empty text'],
  ['<!doctype html>', 1, 'got HTML'],
  [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd), 1, 'compressed with zstd'],
  [Uint8Array.of(0x1f, 0x8b, 8, 0), 1, 'damaged or cut off'],
  ['{"resourceSpans":7}', 1, 'resourceSpans: expected an array, got 7'],
  ['{"resourceSpans":[', 2, 'not JSON'],
  ['{"resourceSpans":[]}', 0, ''],
  ['{}', 0, ''],
]

for (const [content, code, message] of FOREIGN) {
  convert(`ends with ${code} for a file with ${String(content).slice(0, 30)}`, async () => {
    for (const command of ['convert', 'explain']) {
      const one = testEnvironment({ f: content })
      assert.is(await main([command, 'f'])(one)(), code)
      assert.match(one.printed.stderr, message)
    }
  })
}

convert('names the parts that were left out, and ends with 0', async () => {
  const one = testEnvironment({ f: request({ ...SPAN, links: [{}] }) })
  assert.is(await main(['convert', 'f'])(one)(), 0)
  assert.match(one.printed.stderr, 'left out: f: resourceSpans[0].scopeSpans[0].spans[0].links[0]')
})

convert('uses the mapping of the Collector’s exporter on request', async () => {
  const [recorded] = Recorded.all
  assert.ok(recorded !== undefined)
  const [ours, theirs] = [recordedFiles(recorded), recordedFiles(recorded)]
  await main(['convert', ...recorded.files])(ours)()
  await main(['convert', '--mapping', 'collector', ...recorded.files])(theirs)()
  assert.match(ours.printed.stdout, 'POST /api/orders  http.server')
  // The recording speaks the stable conventions, of which the Collector's exporter knew nothing.
  assert.match(theirs.printed.stdout, 'POST /api/orders  ')
  assert.not.match(theirs.printed.stdout, 'http.server')
  const one = recordedFiles(recorded)
  assert.is(await main(['convert', '--mapping', 'mine', ...recorded.files])(one)(), 2)
})

convert.run()
