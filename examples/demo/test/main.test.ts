import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const OTLP = fileURLToPath(new URL('../otlp/', import.meta.url))

const NODE = [
  process.execPath,
  '--conditions=@sentry-exporter/source',
  '--import',
  import.meta.resolve('tsx'),
  MAIN,
]

const start = ([command = '', ...words]: ReadonlyArray<string>): ChildProcess => {
  const { SENTRY_DSN: _none, ...env } = process.env
  return spawn(command, words, { env, stdio: ['pipe', 'pipe', 'inherit'], timeout: 600_000 })
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve))

/** The number before a word in the output. */
const countIn = (line: string, word: string): number =>
  Number(line.match(new RegExp(`(\\d+) ${word}`))?.[1] ?? Number.NaN)

const main = suite('demo')

main('sends every recorded span, each once, and its books show it', async () => {
  const recorded = readdirSync(OTLP)
    .filter((name) => name.endsWith('-traces.json'))
    .flatMap((name) => [
      ...readFileSync(join(OTLP, name), 'utf8').matchAll(/"startTimeUnixNano"/g),
    ]).length
  assert.ok(recorded > 1_000)
  const child = start([...NODE, '--once'])
  const exit = exitOf(child)
  const lines = (child.stdout === null ? '' : await text(child.stdout)).split('\n')
  assert.is(await exit, 0)
  const line = (name: string): string => lines.find((one) => one.startsWith(name)) ?? ''
  const [input, output, sink] = [line('in '), line('out '), line('sink ')]
  assert.equal(
    [input, output, sink].map((one) => countIn(one, 'spans')),
    [recorded, recorded, recorded],
  )
  assert.is(countIn(sink, 'different event ids'), countIn(output, 'envelopes'))
  assert.is(countIn(sink, 'refused'), 0)
  assert.match(line('so '), 'nothing lost')
})

/** `script` of util-linux gives a program a terminal. Other systems have another one, or none. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
  'util-linux',
)

const inTerminal = hasScript ? main : main.skip

inTerminal('ends with 0 at Ctrl-C in a terminal', async () => {
  const quoted = NODE.map((word) => `'${word}'`).join(' ')
  const child = start(['script', '--quiet', '--return', '--command', quoted, '/dev/null'])
  const exit = exitOf(child)
  let output = ''
  child.stdout?.on('data', (bytes: Buffer) => {
    const before = output
    output += String(bytes)
    if (output.includes('until Ctrl-C') && !before.includes('until Ctrl-C')) {
      child.stdin?.write('\u0003')
    }
  })
  assert.is(await exit, 0, output.slice(-500))
  assert.match(output, 'nothing lost')
})

main.run()
