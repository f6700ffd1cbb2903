/** Measures figures and those that they are compared with, each in processes of its own, interleaved. */
import { execFileSync } from 'node:child_process'
import * as E from '#fp-ts/Either'
import * as BenchResult from './BenchResult.ts'
import type { Figure } from './Figure.ts'
import { measureCommand } from './measureCommand.ts'
import { median } from './median.ts'

// model

export interface RatioOptions {
  /** Names of figures; those of `defaults` if there are none, and `all` for all. */
  readonly figures: ReadonlyArray<string>
  readonly defaults: ReadonlyArray<string>
  /** Measurements of each figure. */
  readonly processes: number
  /** The program that measures one figure. */
  readonly program: string
  readonly print: (line: string) => void
}

// running

/** Prints a line for each figure; gives the results, or the names that no figure has. */
export const measureRatios = (
  all: ReadonlyArray<Figure>,
  { figures: named, defaults, processes, program, print }: RatioOptions,
): E.Either<string, ReadonlyArray<BenchResult.BenchResult>> => {
  const known = all.map(({ name }) => name)
  const wanted = named.length === 0 ? defaults : named.includes('all') ? known : named
  const unknown = wanted.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    return E.left(`there is no figure ${unknown.join(', ')}; known are: ${known.join(', ')}`)
  }
  const needed = BenchResult.needed(all, wanted)
  const figures = all.filter(({ name }) => needed.includes(name))
  const measurements = new Map(figures.map(({ name }) => [name, [] as Array<number>]))
  for (let i = 0; i < processes; i++) {
    for (const { name } of figures) {
      const args = measureCommand(program, name)
      const printed = execFileSync(process.execPath, args, { encoding: 'utf8' })
      measurements.get(name)?.push(Number(printed))
    }
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
