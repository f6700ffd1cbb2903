/**
 * `bench [FIGURE...]`: what our paths cost, as ratios to floors measured in the same run. Each figure is measured
 * in processes of its own, interleaved, since the machine is noisy and the garbage of one would slow the next.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { all } from '../bench/figures.ts'
import { measure, median } from '../bench/measure.ts'

const PROCESSES = 3

/** What is measured without naming it: the large shapes take minutes. */
const USUAL = [
  'floor',
  'decode',
  'otlp-json',
  'exception',
  'flush',
  'flush-100k',
  'late-child',
  'retained',
]

const [flag, ...names] = process.argv.slice(2)

if (flag === '--measure') {
  const figure = all.find(({ name }) => name === names[0])
  if (figure !== undefined) console.log(measure(figure))
} else {
  const wanted =
    flag === undefined ? USUAL : flag === 'all' ? all.map(({ name }) => name) : [flag, ...names]
  const beside = (names: ReadonlyArray<string | undefined>): ReadonlyArray<string | undefined> =>
    all.flatMap(({ name, floor, few }) => (names.includes(name) ? [name, floor, few] : []))
  // Figures for few spans have floors of their own.
  const needed = beside(beside(wanted))
  const figures = all.filter(({ name }) => needed.includes(name))
  const times = new Map(figures.map(({ name }) => [name, [] as Array<number>]))
  for (let i = 0; i < PROCESSES; i++) {
    for (const { name } of figures) {
      const args = [
        '--expose-gc',
        '--max-old-space-size=8192',
        fileURLToPath(import.meta.url),
        '--measure',
        name,
      ]
      times.get(name)?.push(Number(execFileSync(process.execPath, args, { encoding: 'utf8' })))
    }
  }
  const microsOf = (name: string): number => median(times.get(name) ?? [])
  const ratioOf = (name: string): number | undefined => {
    const floor = all.find((one) => one.name === name)?.floor
    return floor === undefined ? undefined : microsOf(name) / microsOf(floor)
  }
  const growthOf = (name: string, few: string | undefined): number | undefined => {
    const [many, fewer] = [ratioOf(name), few === undefined ? undefined : ratioOf(few)]
    return many === undefined || fewer === undefined ? undefined : many / fewer
  }
  const cell = (number: number | undefined): string => (number?.toFixed(2) ?? '').padStart(9)
  console.log('figure              us/span     ratio    growth    budget')
  for (const { name, says, few, budget } of figures) {
    const cells = [
      name.padEnd(17),
      cell(microsOf(name)),
      cell(ratioOf(name)),
      cell(growthOf(name, few)),
      cell(budget),
    ]
    console.log(`${cells.join(' ')}   ${says}`)
  }
}
