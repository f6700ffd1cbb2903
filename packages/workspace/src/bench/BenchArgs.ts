/** The command line of the bench. */
import { parseArgs } from 'node:util'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'

// model

export type BenchArgs = Measure | Ratios | Against

/** One measurement in this process. */
interface Measure {
  readonly _tag: 'Measure'
  readonly figure: string
}

/** Ratios to the floors. */
export interface Ratios {
  readonly _tag: 'Ratios'
  readonly figures: ReadonlyArray<string>
  /** Measurements of each figure, if not the default. */
  readonly processes: O.Option<number>
  /** Whether the last line is the results as JSON. */
  readonly json: boolean
}

/** A comparison with another commit. */
export interface Against {
  readonly _tag: 'Against'
  readonly ref: string
  readonly figures: ReadonlyArray<string>
  /** Measurements of each figure on each side in one run, if not the defaults. */
  readonly processes: O.Option<number>
  readonly runs: number
  readonly json: boolean
}

export const USAGE = `bench [--processes N] [--json] [FIGURE... | all]
bench --against REF [--processes N] [--runs N] [--json] [FIGURE...]`

// decoding

export const parse = (args: ReadonlyArray<string>): E.Either<string, BenchArgs> => {
  try {
    const { values, positionals: figures } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        measure: { type: 'string' },
        against: { type: 'string' },
        processes: { type: 'string' },
        runs: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const { measure, against: ref, processes, runs, json } = values
    if (measure !== undefined) return E.right({ _tag: 'Measure', figure: measure })
    if (![processes, runs].every((text) => text === undefined || /^[1-9]\d{0,2}$/.test(text)))
      return E.left('--processes and --runs are numbers from 1 to 999')
    const options = {
      figures,
      processes: processes === undefined ? O.none : O.some(Number(processes)),
      json: json ?? false,
    }
    if (ref !== undefined) {
      return E.right({ _tag: 'Against', ref, runs: Number(runs ?? 1), ...options })
    }
    return runs === undefined
      ? E.right({ _tag: 'Ratios', ...options })
      : E.left('--runs needs --against')
  } catch (error) {
    return E.left(error instanceof Error ? error.message : String(error))
  }
}
