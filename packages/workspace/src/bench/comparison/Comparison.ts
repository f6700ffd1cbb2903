/** One figure in one run, in the working tree (here) and in the other commit (there). */
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import type { Samples } from './Samples.ts'
import * as Summary from './Summary.ts'

// model

export interface Comparison {
  readonly figure: string
  /** `none` where the program does not have the figure. */
  readonly here: O.Option<Summary.Summary>
  readonly there: O.Option<Summary.Summary>
  /** The median here divided by the median there: above 1, the working tree is slower or larger. */
  readonly ratio: O.Option<number>
}

/** Above this in every run, a figure is slower. */
export const MAX_RATIO_IN_EVERY_RUN = 1.05

/** Above this in any run, a figure is slower. */
export const MAX_RATIO_IN_ANY_RUN = 1.1

// constructors

/**
 * Compares the measured values themselves, not their ratios to the floor F: both sides are measured in turn on one machine, and
 * the noise of F would be added to that of the figure.
 */
export const of = (samples: Samples): Comparison => {
  const [here, there] = [Summary.of(samples.here), Summary.of(samples.there)]
  const ratio = pipe(
    here,
    O.chain((mine) =>
      pipe(
        there,
        O.map((other) => mine.median / other.median),
      ),
    ),
  )
  return { figure: samples.figure, here, there, ratio }
}

// encoding

export const HEADER =
  'figure                  here       there   ratio   min and max here        min and max there'

/** A line below `HEADER`. */
export const show = ({ figure, here, there, ratio }: Comparison): string =>
  [
    figure.padEnd(17),
    cell(here, 10),
    cell(there, 11),
    pipe(
      ratio,
      O.match(
        () => '-',
        (number) => number.toFixed(3),
      ),
    ).padStart(7),
    ` ${range(here)}`,
    `${range(there)} ${pipe(
      ratio,
      O.match(() => 'not compared', mark),
    )}`.trimEnd(),
  ].join(' ')

const cell = (summary: O.Option<Summary.Summary>, width: number): string =>
  pipe(
    summary,
    O.match(
      () => '-',
      ({ median }) => median.toFixed(2),
    ),
  ).padStart(width)

const range = (summary: O.Option<Summary.Summary>): string =>
  pipe(
    summary,
    O.match(
      () => '-',
      ({ min, max }) => `${min.toFixed(2).padStart(10)} ${max.toFixed(2).padStart(10)}`,
    ),
  ).padStart(21)

const mark = (ratio: number): string => {
  if (ratio > MAX_RATIO_IN_ANY_RUN) return '> 10 %'
  return ratio > MAX_RATIO_IN_EVERY_RUN ? '> 5 %' : ''
}

/** As `JSON.stringify` takes it: `null` where there is no value. */
export const toJson = ({
  figure,
  here,
  there,
  ratio,
}: Comparison): Readonly<Record<string, unknown>> => ({
  figure,
  here: O.toNullable(here),
  there: O.toNullable(there),
  ratio: O.toNullable(ratio),
  mark: pipe(
    ratio,
    O.match(() => 'not compared', mark),
  ),
})
