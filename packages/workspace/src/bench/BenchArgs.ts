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

export const USAGE = `bench [FIGURE... | all]
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
    if (ref === undefined) {
      return processes === undefined && runs === undefined && json === undefined
        ? E.right({ _tag: 'Ratios', figures })
        : E.left('--processes, --runs and --json need --against')
    }
    if (![processes, runs].every((text) => text === undefined || /^[1-9]\d{0,2}$/.test(text)))
      return E.left('--processes and --runs are numbers from 1 to 999')
    return E.right({
      _tag: 'Against',
      ref,
      figures,
      processes: processes === undefined ? O.none : O.some(Number(processes)),
      runs: Number(runs ?? 1),
      json: json ?? false,
    })
  } catch (error) {
    return E.left(error instanceof Error ? error.message : String(error))
  }
}
