import { readFileSync } from 'node:fs'
import * as Recorded from '@sentry-exporter/workspace/Recorded'
import { testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { main } from '../src/Main.ts'

const id = (letter: string): string => letter.repeat(16)

const span = (letter: string, parent: string | undefined, fields: object = {}): object => ({
  traceId: 'a'.repeat(32),
  spanId: id(letter),
  ...(parent === undefined ? {} : { parentSpanId: id(parent) }),
  name: `span ${letter}`,
  startTimeUnixNano: '1000000',
  endTimeUnixNano: '2000000',
  flags: 257,
  ...fields,
})

const request = (...spans: ReadonlyArray<object>): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

const explain = suite('explain')

explain('prints for each transaction the rule that made it, nested as in the trace', async () => {
  const one = testEnvironment({
    f: request(
      span('a', undefined),
      span('b', 'a'),
      span('c', 'b', { flags: 769, kind: 2 }),
      span('d', '9', { startTimeUnixNano: '1500000' }),
      span('e', '9', { startTimeUnixNano: '1600000' }),
    ),
  })
  assert.is(await main(['explain', 'f'])(one)(), 0)
  assert.equal(one.printed.stdout.split('\n').slice(1), [
    '  span a    1 span, 1 KiB',
    '    entry: it has no parent',
    '    1 x span b',
    '    span c    0 spans, 0 KiB',
    '      entry: its flags mark its parent as remote',
    '  unknown_service (continued)  continuation  2 spans, 2 KiB',
    '    continuation: its parent never arrived',
    '    1 x span d, 1 x span e',
    '',
    'nothing lost',
    '',
  ])
})

explain('prints the same as JSON with --json', async () => {
  const one = testEnvironment({ f: request(span('a', undefined), span('b', 'a'), span('b', 'a')) })
  await main(['explain', '--json', 'f'])(one)()
  const { traces, losses } = JSON.parse(one.printed.stdout)
  assert.equal(losses, { duplicate: 1 })
  assert.equal(traces[0].roots[0].origin, { _tag: 'Entry', rule: 'no-parent' })
  assert.equal(traces[0].roots[0].kinds, [{ kind: 'span b', count: 1 }])
})

explain('shows colour only on a terminal, and no control characters of the input', async () => {
  const text = request(span('a', undefined, { name: 'bad \u001b[31m name' }))
  const plain = testEnvironment({ f: text })
  await main(['explain', 'f'])(plain)()
  assert.not.match(plain.printed.stdout, '\u001b')
  const terminal = { ...testEnvironment({ f: text }), isTerminal: true }
  await main(['explain', 'f'])(terminal)()
  assert.match(terminal.printed.stdout, '\u001b[1mtrace')
  assert.not.match(terminal.printed.stdout, '\u001b[31m')
})

for (const recorded of Recorded.all) {
  explain(`${recorded.name}: fits 100 columns, with every span counted once`, async () => {
    const one = testEnvironment(
      Object.fromEntries(recorded.files.map((path) => [path, readFileSync(path)])),
    )
    assert.is(await main(['explain', ...recorded.files])(one)(), 0)
    assert.ok(one.printed.stdout.split('\n').every((line) => line.length <= 100))
    const counts = [...one.printed.stdout.matchAll(/^trace \w+ {2}(\d+) spans?/gm)].map(
      ([, count]) => Number(count),
    )
    assert.is(
      counts.reduce((a, b) => a + b, 0),
      recorded.name === 'shop-old-json' ? 3417 : 2817,
    )
    assert.match(one.printed.stdout, 'it did not fit into one transaction')
  })
}

explain('draws a chain of 5,000 transactions', async () => {
  const spans = Array.from({ length: 5_000 }, (_unused, n) => ({
    ...span('a', undefined),
    spanId: (n + 1).toString(16).padStart(16, '0'),
    ...(n === 0 ? {} : { parentSpanId: n.toString(16).padStart(16, '0') }),
    flags: 769,
  }))
  const one = testEnvironment({ f: request(...spans) })
  assert.is(await main(['explain', 'f'])(one)(), 0)
  assert.is(one.printed.stdout.split('\n').length, 10_004)
})

explain.run()
