import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import type { Figure } from '../../src/bench/Figure.ts'
import * as _ from '../../src/bench/measureRatios.ts'

const figure = (name: string, more: Partial<Figure> = {}): Figure => ({
  name,
  description: name,
  floor: undefined,
  budget: undefined,
  prepare: () => ({ spans: 1, run: () => undefined }),
  ...more,
})

const FIGURES = [
  figure('floor'),
  figure('path', { floor: 'floor', budget: 2 }),
  figure('part'),
  figure('large', { isLarge: true }),
]

/** Prints a number for each figure. The first process of `path` fails. */
const PROGRAM = `
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
const figure = process.argv.at(-1)
appendFileSync(new URL('log', import.meta.url), figure + ' ')
const failed = new URL('failed', import.meta.url)
if (figure === 'path' && !existsSync(failed)) {
  writeFileSync(failed, '')
  process.exit(1)
}
console.log(figure === 'path' ? 30 : figure === 'part' ? 'no number' : 10)
`

const withProgram = async (use: (program: string) => void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const program = join(folder, 'bench.mjs')
    writeFileSync(program, PROGRAM)
    use(program)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const test = suite('measureRatios')

test('figures take turns, and a process that fails is tried again', () =>
  withProgram((program) => {
    const notes: Array<string> = []
    const printed: Array<string> = []
    const measured = _.measureRatios(FIGURES, {
      figures: ['path'],
      defaults: [],
      processesOf: () => 2,
      program,
      print: (line) => printed.push(line),
      note: (line) => notes.push(line),
    })
    assert.equal(
      measured,
      E.right([
        { name: 'floor', value: 10, unit: 'us', budget: null },
        { name: 'path', value: 3, unit: 'F', budget: 2 },
      ]),
    )
    assert.is(printed.length, 3)
    assert.equal(
      notes.filter((note) => note.includes(' of 4: ')),
      ['1 of 4: floor 10.00', '2 of 4: path 30.00', '3 of 4: floor 10.00', '4 of 4: path 30.00'],
    )
    assert.match(notes[1] ?? '', 'path failed and is measured again')
  }))

test('a figure that nobody can measure is an error', () =>
  withProgram((program) => {
    const options = {
      defaults: ['part'],
      processesOf: () => 1,
      program,
      print: () => 0,
      note: () => 0,
    }
    assert.throws(
      () => _.measureRatios(FIGURES, { ...options, figures: [] }),
      /expected one number of part, got "no number/,
    )
    assert.equal(
      _.measureRatios(FIGURES, { ...options, figures: ['other'] }),
      E.left('there is no figure other; known are: floor, path, part, large'),
    )
  }))

test('figures with a budget, and what they are divided by, are measured more often', () => {
  assert.equal(FIGURES.map(_.defaultProcesses(FIGURES)), [3, 3, 2, 1])
})

test.run()
