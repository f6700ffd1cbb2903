/** The result of a figure: its cost in the unit of its budget. */
import type { Figure } from './Figure.ts'
import { median } from './median.ts'

// model

/** `F` is the floor of the same spans, `times` the cost of another figure. */
export type Unit = 'F' | 'us' | 'bytes' | 'times'

export interface BenchResult {
  readonly name: string
  readonly value: number
  readonly unit: Unit
  /** `null` if there is none. */
  readonly budget: number | null
}

/** The measurements of each figure, by its name: microseconds or bytes for each span. */
export type MeasuredCosts = ReadonlyMap<string, ReadonlyArray<number>>

// constructors

/** The results of figures that were measured together with those that they are compared with. */
export const of =
  (all: ReadonlyArray<Figure>, measurements: MeasuredCosts) =>
  (figure: Figure): BenchResult => {
    const cost = (name: string): number => median(measurements.get(name) ?? [])
    const ratio = ({ name, floor, beyond }: Figure): number =>
      (cost(name) - (beyond === undefined ? 0 : cost(beyond))) /
      (floor === undefined ? 1 : cost(floor))
    const few = all.find(({ name }) => name === figure.few)
    return {
      name: figure.name,
      value: few === undefined ? ratio(figure) : ratio(figure) / ratio(few),
      unit: unitOf(figure),
      budget: figure.budget ?? null,
    }
  }

const unitOf = ({ floor, few, isMemory }: Figure): Unit => {
  if (isMemory === true) return 'bytes'
  if (few !== undefined) return 'times'
  if (floor === undefined) return 'us'
  return floor.startsWith('floor') ? 'F' : 'times'
}

// folds

/** The names of figures, and of those that they are compared with. */
export const needed = (
  all: ReadonlyArray<Figure>,
  names: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const beside = all.flatMap(({ name, floor, few, beyond }) =>
    names.includes(name) ? [floor, few, beyond].filter((one) => one !== undefined) : [],
  )
  const both = [...new Set([...names, ...beside])]
  return both.length === new Set(names).size ? both : needed(all, both)
}

// encoding

const cell = (text: string): string => text.padStart(9)

/** A line for people. `micros` is the cost itself. */
export const line = (
  { name, value, unit, budget }: BenchResult,
  { description, isMemory }: Figure,
  micros: number,
): string =>
  [
    name.padEnd(19),
    cell(isMemory === true ? '' : micros.toFixed(2)),
    cell(value.toFixed(2)),
    unit.padEnd(6),
    cell(budget?.toFixed(2) ?? ''),
    description,
  ].join(' ')

export const HEAD = 'figure                us/span     value unit      budget'
