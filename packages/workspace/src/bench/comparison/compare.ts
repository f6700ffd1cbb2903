/** Compares the working tree with another commit: `bench --against REF`. */
import * as E from '#fp-ts/Either'
import type { Against } from '../BenchArgs.ts'
import { measureCommand } from '../measureCommand.ts'
import * as Checkout from './Checkout.ts'
import * as Comparison from './Comparison.ts'
import { interleave, type Measure, type Planned } from './interleave.ts'
import * as Measurement from './Measurement.ts'
import { runCommand } from './runCommand.ts'
import type { Side } from './Samples.ts'
import * as Verdict from './Verdict.ts'

// model

export interface ComparisonWork {
  readonly args: Against
  readonly plan: ReadonlyArray<Planned>
  /** The bench program of the working tree. */
  readonly program: string
  readonly print: (line: string) => void
  /** Lines that are no result. */
  readonly note: (line: string) => void
  readonly signal: AbortSignal
}

// running

/** Prints a table for each run and the verdict. The checkout is removed also if this rejects. */
export const compare = async (work: ComparisonWork): Promise<Verdict.FigureVerdict> => {
  const { args, note, print, signal } = work
  const commit = await Checkout.commitOf(args.ref, signal)
  const checkout = Checkout.make()
  try {
    note(`installing and building ${commit} in ${checkout.tree}`)
    const there = await Checkout.build(checkout, commit, signal)
    const measure = measureIn({ here: work.program, there }, work)
    const runs: Array<ReadonlyArray<Comparison.Comparison>> = []
    for (let run = 1; run <= args.runs; run++) {
      note(`run ${run} of ${args.runs}`)
      const comparisons = (await interleave(work.plan, measure)).map(Comparison.of)
      runs.push(comparisons)
      print(`run ${run} of ${args.runs}: here, and there at ${commit.slice(0, 12)}`)
      for (const line of [Comparison.HEADER, ...comparisons.map(Comparison.show)]) print(line)
    }
    const verdict = Verdict.of(runs)
    print(Verdict.show(verdict))
    if (args.json) {
      print(
        JSON.stringify({ commit, runs: runs.map((run) => run.map(Comparison.toJson)), verdict }),
      )
    }
    return verdict
  } finally {
    await Checkout.remove(checkout)
  }
}

const measureIn =
  (programs: Readonly<Record<Side, string>>, { note, signal }: ComparisonWork): Measure =>
  async (side, figure) => {
    const args = measureCommand(programs[side], figure)
    const printed = await runCommand(process.execPath, args, { cwd: process.cwd(), signal })
    const value = Measurement.parse(printed)
    if (E.isLeft(value)) throw new Error(`${figure}, ${side}: ${value.left}`)
    note(`${figure}, ${side}: ${printed.trim()}`)
    return value.right
  }
