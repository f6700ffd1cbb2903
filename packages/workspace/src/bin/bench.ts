/**
 * `bench [FIGURE...]`: the cost of our paths, as ratios to floors measured in the same run. Each figure is measured
 * in processes of its own, interleaved, since the machine is noisy and the garbage of one would slow the next.
 * `bench --against REF [FIGURE...]`: the same figures here and in another commit.
 *
 * Commits are compared with each other by `bench --measure FIGURE`, which prints one number: that form stays.
 */
import { fileURLToPath } from 'node:url'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import { type Against, parse, type Ratios, USAGE } from '../bench/BenchArgs.ts'
import { compare } from '../bench/comparison/compare.ts'
import { plan } from '../bench/comparison/plan.ts'
import { untilStopped } from '../bench/comparison/untilStopped.ts'
import type { Figure } from '../bench/Figure.ts'
import { all as ours } from '../bench/figures.ts'
import { measure } from '../bench/measure.ts'
import { defaultProcesses, measureRatios } from '../bench/measureRatios.ts'
import * as Peers from '../bench/peers/Peers.ts'
import { peerFigures } from '../bench/peers/peerFigures.ts'

const peers = Peers.areInstalled() ? peerFigures : []

const all: ReadonlyArray<Figure> = [...ours, ...peers]

/** The figures that are measured by default: the large shapes take minutes. */
const DEFAULT_FIGURES = [
  'floor',
  'decode',
  'otlp-json',
  'otlp-protobuf',
  'lean-json',
  'lean-protobuf',
  'otlp-json-hook',
  'collector',
  'shop-json',
  'shop-protobuf',
  'floor-logs',
  'logs-json',
  'logs-protobuf',
  'log-errors-json',
  'log-errors-protobuf',
  'allocated-json',
  'allocated-protobuf',
  'exception',
  'flush',
  'flush-100k',
  'late-child',
  'retained',
  ...peers.map(({ name }) => name),
]

const program = fileURLToPath(import.meta.url)

const printMeasurement = async (name: string): Promise<void> => {
  const figure = all.find((one) => one.name === name)
  if (figure === undefined) refuse(`there is no figure ${name}`)
  else console.log(await measure(figure))
}

const printRatios = ({ figures, processes, json }: Ratios): void => {
  if (peers.length === 0) console.error(Peers.NOT_INSTALLED)
  const measured = measureRatios(all, {
    figures,
    defaults: DEFAULT_FIGURES,
    processesOf: (figure) => O.getOrElse(() => defaultProcesses(all)(figure))(processes),
    program,
    print: console.log,
    note: console.error,
  })
  if (E.isLeft(measured)) refuse(measured.left)
  else if (json) console.log(JSON.stringify({ figures: measured.right }))
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
else if (args.right._tag === 'Measure') await printMeasurement(args.right.figure)
else if (args.right._tag === 'Ratios') printRatios(args.right)
else await printComparison(args.right)
