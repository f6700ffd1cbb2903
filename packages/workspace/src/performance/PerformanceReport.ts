/** The figures of one run of the bench, and the machine that it ran on: the content of `docs/performance.json`. */
import { availableParallelism, cpus, totalmem } from 'node:os'
import * as E from '#fp-ts/Either'
import type { BenchResult } from '../bench/BenchResult.ts'
import type { Figure } from '../bench/Figure.ts'

// model

export interface MeasuredMachine {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly node: string
  readonly platform: string
}

export interface PerformanceReport {
  /** `2026-11-29`. */
  readonly date: string
  readonly commit: string
  readonly machine: MeasuredMachine
  readonly figures: ReadonlyArray<BenchResult>
}

// constructors

/** Below the root of the workspace. */
export const PATH = 'docs/performance.json'

const GIGABYTE = 1024 ** 3

/** The machine of this process. */
export const machine = (): MeasuredMachine => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGigabytes: Math.round(totalmem() / GIGABYTE),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
})

/** More digits than these are noise. */
const DIGITS = 4

export const rounded = (result: BenchResult): BenchResult => ({
  ...result,
  value: Number(result.value.toPrecision(DIGITS)),
})

// decoding

/** `all` are the figures of the bench. The report names no other ones, each with the present budget. */
export const parse = (
  text: string,
  all: ReadonlyArray<Figure>,
): E.Either<string, PerformanceReport> => {
  try {
    const report: PerformanceReport = JSON.parse(text)
    const problems = report.figures.flatMap(({ name, value, budget }) => {
      const figure = all.find((one) => one.name === name)
      if (figure === undefined) return [`there is no figure ${name}`]
      if (!Number.isFinite(value)) return [`${name}: expected a number, got ${value}`]
      const expected = figure.budget ?? null
      return budget === expected ? [] : [`${name}: expected the budget ${expected}, got ${budget}`]
    })
    return problems.length === 0 ? E.right(report) : E.left(problems.join('\n'))
  } catch (error) {
    return E.left(error instanceof Error ? error.message : String(error))
  }
}

// encoding

export const show = (report: PerformanceReport): string => `${JSON.stringify(report, null, 2)}\n`

// folds

/** `undefined` if it was not measured. */
export const measured = ({ figures }: PerformanceReport, name: string): number | undefined =>
  figures.find((figure) => figure.name === name)?.value

/** Microseconds for each span: the ratio, times what it is a ratio to. `undefined` for other figures. */
export const microsOf = (
  report: PerformanceReport,
  { value, unit }: BenchResult,
  { floor, few }: Figure,
): number | undefined => {
  if (unit === 'us') return value
  if (floor === undefined || few !== undefined) return undefined
  const base = measured(report, floor)
  return base === undefined ? undefined : value * base
}

export const isMissed = ({ value, budget }: BenchResult): boolean =>
  budget !== null && value > budget
