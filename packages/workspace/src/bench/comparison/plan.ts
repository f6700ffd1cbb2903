/** Which figures are compared with another commit, and how often each is measured. */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import type { Figure } from '../Figure.ts'
import type { Planned } from './interleave.ts'

// model

export interface Wanted {
  /** Empty for all. */
  readonly figures: ReadonlyArray<string>
  readonly processes: O.Option<number>
}

// constructors

const DEFAULT_PROCESSES = 9

/**
 * For figures of 200,000 spans, whose process takes about 25 seconds instead of four and takes the median of three long rounds:
 * with nine of them, a run over all figures would take 40 minutes instead of 25.
 */
const DEFAULT_PROCESSES_OF_LARGE = 3

/**
 * `all` are the figures of the working tree. The floors of the shapes (`floor-...`) are measured only if they are named: they
 * contain nothing of the product, and `floor` is enough to show the noise of the machine. So are peers.
 */
export const plan = (
  all: ReadonlyArray<Figure>,
  { figures, processes }: Wanted,
): E.Either<string, ReadonlyArray<Planned>> => {
  const unknown = figures.filter((name) => !all.some((figure) => figure.name === name))
  if (unknown.length > 0) return E.left(`there is no figure ${unknown.join(', ')}`)
  const wanted = all.filter(({ name, isPeer }) =>
    figures.length === 0 ? !name.startsWith('floor-') && isPeer !== true : figures.includes(name),
  )
  return E.right(
    wanted.map((figure) => ({
      figure: figure.name,
      processes: O.getOrElse(() => defaultProcesses(figure))(processes),
    })),
  )
}

const defaultProcesses = ({ isLarge }: Figure): number =>
  isLarge === true ? DEFAULT_PROCESSES_OF_LARGE : DEFAULT_PROCESSES
