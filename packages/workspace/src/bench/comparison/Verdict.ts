/**
 * Whether the working tree is slower than the other commit, over one or more runs: a figure is slower if it is more than 10 %
 * slower in any run, or more than 5 % slower in every one of at least two runs.
 */
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import { type Comparison, MAX_RATIO_IN_ANY_RUN, MAX_RATIO_IN_EVERY_RUN } from './Comparison.ts'

// model

/** Names of figures. A figure that is in none of the lists is not slower. */
export interface FigureVerdict {
  readonly slower: ReadonlyArray<string>
  /** More than 5 % and at most 10 % slower in the only run: a second run decides. */
  readonly undecided: ReadonlyArray<string>
  /** Only one of the two programs has the figure. */
  readonly notCompared: ReadonlyArray<string>
}

// constructors

export const of = (runs: ReadonlyArray<ReadonlyArray<Comparison>>): FigureVerdict => {
  const ratios = new Map<string, ReadonlyArray<number>>()
  for (const { figure, ratio } of runs.flat()) {
    ratios.set(figure, [
      ...(ratios.get(figure) ?? []),
      ...pipe(
        ratio,
        O.match(
          () => [],
          (one) => [one],
        ),
      ),
    ])
  }
  const where = (test: (ratios: ReadonlyArray<number>) => boolean): ReadonlyArray<string> =>
    [...ratios].filter(([, all]) => test(all)).map(([figure]) => figure)
  return {
    slower: where(isSlower),
    undecided: where((all) => all.length === 1 && !isSlower(all) && isAbove5(all)),
    notCompared: where((all) => all.length === 0),
  }
}

const isSlower = (ratios: ReadonlyArray<number>): boolean =>
  ratios.some((ratio) => ratio > MAX_RATIO_IN_ANY_RUN) || (ratios.length > 1 && isAbove5(ratios))

const isAbove5 = (ratios: ReadonlyArray<number>): boolean =>
  ratios.length > 0 && ratios.every((ratio) => ratio > MAX_RATIO_IN_EVERY_RUN)

// encoding

/** One line. */
export const show = ({ slower, undecided, notCompared }: FigureVerdict): string => {
  const parts = [
    slower.length === 0 && undecided.length === 0 ? 'no figure is slower' : '',
    slower.length === 0 ? '' : `slower: ${slower.join(', ')}`,
    undecided.length === 0 ? '' : `to be decided by a second run: ${undecided.join(', ')}`,
    notCompared.length === 0 ? '' : `not compared: ${notCompared.join(', ')}`,
  ]
  return `verdict: ${parts.filter((part) => part !== '').join('; ')}`
}
