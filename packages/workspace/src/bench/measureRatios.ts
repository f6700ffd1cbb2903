/** Measures figures and those that they are compared with, each in processes of its own, interleaved. */
import { execFileSync } from 'node:child_process'
import * as E from '#fp-ts/Either'
import { PROCESS_LIMIT_MILLIS } from '../runner/limit.ts'
import * as BenchResult from './BenchResult.ts'
import type { Figure } from './Figure.ts'
import { measureCommand } from './measureCommand.ts'
import { median } from './median.ts'

// model

export interface RatioOptions {
  /** Names of figures; those of `defaults` if there are none, and `all` for all. */
  readonly figures: ReadonlyArray<string>
  readonly defaults: ReadonlyArray<string>
  /** Measurements of a figure. */
  readonly processesOf: (figure: Figure) => number
  /** The program that measures one figure. */
  readonly program: string
  readonly print: (line: string) => void
  /** Lines that are no result. */
  readonly note: (line: string) => void
}

// constructors

/**
 * Measurements of a figure, such that all figures together take about ten minutes on two cores: figures with a budget, peers and
 * what these are divided by three times; others, which only show where time goes, twice; those of 200,000 spans once.
 */
export const defaultProcesses = (all: ReadonlyArray<Figure>): ((figure: Figure) => number) => {
  const judged = all.filter(({ budget, isPeer }) => budget !== undefined || isPeer === true)
  const needed = BenchResult.needed(
    all,
    judged.map(({ name }) => name),
  )
  return ({ name, isLarge }) => {
    if (isLarge === true) return 1
    return needed.includes(name) ? 3 : 2
  }
}

// running

/** Prints a line for each figure; gives the results, or the names that no figure has. */
export const measureRatios = (
  all: ReadonlyArray<Figure>,
  { figures: named, defaults, processesOf, program, print, note }: RatioOptions,
): E.Either<string, ReadonlyArray<BenchResult.BenchResult>> => {
  const known = all.map(({ name }) => name)
  const wanted = named.length === 0 ? defaults : named.includes('all') ? known : named
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    return E.left(`there is no figure ${unknown.join(', ')}; known are: ${known.join(', ')}`)
  }
  const needed = BenchResult.needed(all, wanted)
  const figures = all.filter(({ name }) => needed.includes(name))
  const runs = inTurn(figures, processesOf)
  const measurements = new Map(figures.map(({ name }) => [name, [] as Array<number>]))
  for (const [nth, name] of runs.entries()) {
    const value = measured(program, name, note)
    measurements.get(name)?.push(value)
    note(`${nth + 1} of ${runs.length}: ${name} ${value.toFixed(2)}`)
  }
  const resultOf = BenchResult.of(all, measurements)
  print(BenchResult.HEAD)
  return E.right(
    figures.map((figure) => {
      const result = resultOf(figure)
      print(BenchResult.line(result, figure, median(measurements.get(figure.name) ?? [])))
      return result
    }),
  )
}

/** All figures once, then those that are measured again, so that a slow minute slows no figure alone. */
const inTurn = (
  figures: ReadonlyArray<Figure>,
  processesOf: (figure: Figure) => number,
): ReadonlyArray<string> =>
  Array.from({ length: Math.max(0, ...figures.map(processesOf)) }, (_, round) =>
    figures.filter((figure) => round < processesOf(figure)).map(({ name }) => name),
  ).flat()

/** A process that fails is tried once more: a long run should not be lost by one of two hundred. */
const measured = (program: string, name: string, note: (line: string) => void): number => {
  try {
    return measuredOnce(program, name)
  } catch (error) {
    note(`${name} failed and is measured again: ${error instanceof Error ? error.message : error}`)
    return measuredOnce(program, name)
  }
}

const measuredOnce = (program: string, name: string): number => {
  const args = measureCommand(program, name)
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: PROCESS_LIMIT_MILLIS,
  })
  const value = Number(printed)
  if (printed.trim() !== '' && Number.isFinite(value)) return value
  throw new Error(`expected one number of ${name}, got ${JSON.stringify(printed.slice(0, 200))}`)
}
