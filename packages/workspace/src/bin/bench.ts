/**
 * `bench [FIGURE...]`: the cost of our paths, as ratios to floors measured in the same run. Each figure is measured
 * in processes of its own, interleaved, since the machine is noisy and the garbage of one would slow the next.
 * `bench --against REF [FIGURE...]`: the same figures here and in another commit.
 *
 * Commits are compared with each other by `bench --measure FIGURE`, which prints one number: that form stays.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as E from '#fp-ts/Either'
import { type Against, parse, type Ratios, USAGE } from '../bench/BenchArgs.ts'
import { compare } from '../bench/comparison/compare.ts'
import { plan } from '../bench/comparison/plan.ts'
import { untilStopped } from '../bench/comparison/untilStopped.ts'
import { all } from '../bench/figures.ts'
import { measure, median } from '../bench/measure.ts'
import { measureCommand } from '../bench/measureCommand.ts'

const PROCESSES = 3

/** The figures that are measured by default: the large shapes take minutes. */
const DEFAULT_FIGURES = [
  'floor',
  'decode',
  'otlp-json',
  'exception',
  'flush',
  'flush-100k',
  'late-child',
  'retained',
]

const program = fileURLToPath(import.meta.url)

const printMeasurement = (name: string): void => {
  const figure = all.find((one) => one.name === name)
  if (figure !== undefined) console.log(measure(figure))
}

const printRatios = ({ figures: named }: Ratios): void => {
  const [first] = named
  const wanted =
    first === undefined ? DEFAULT_FIGURES : first === 'all' ? all.map(({ name }) => name) : named
  const beside = (names: ReadonlyArray<string | undefined>): ReadonlyArray<string | undefined> =>
    all.flatMap(({ name, floor, few }) => (names.includes(name) ? [name, floor, few] : []))
  // Figures for few spans have floors of their own.
  const needed = beside(beside(wanted))
  const figures = all.filter(({ name }) => needed.includes(name))
  const times = new Map(figures.map(({ name }) => [name, [] as Array<number>]))
  for (let i = 0; i < PROCESSES; i++) {
    for (const { name } of figures) {
      const args = measureCommand(program, name)
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
  for (const { name, description, few, budget } of figures) {
    const cells = [
      name.padEnd(17),
      cell(microsOf(name)),
      cell(ratioOf(name)),
      cell(growthOf(name, few)),
      cell(budget),
    ]
    console.log(`${cells.join(' ')}   ${description}`)
  }
}

const printComparison = async (args: Against): Promise<void> => {
  const planned = plan(all, args)
  if (E.isLeft(planned)) return refuse(planned.left)
  await untilStopped(async (signal) => {
    const { log: print, error: note } = console
    const verdict = await compare({ args, plan: planned.right, program, print, note, signal })
    if (verdict.slower.length > 0) process.exitCode = 1
  }, console.error)
}

const refuse = (problem: string): void => {
  console.error(`${problem}\n\n${USAGE}`)
  process.exitCode = 2
}

const args = parse(process.argv.slice(2))
if (E.isLeft(args)) refuse(args.left)
else if (args.right._tag === 'Measure') printMeasurement(args.right.figure)
else if (args.right._tag === 'Ratios') printRatios(args.right)
else await printComparison(args.right)
