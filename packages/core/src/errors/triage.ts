/** Decides what becomes of the exceptions of a segment: errors, breadcrumbs, or nothing. */

import * as RecordedException from '../exception/RecordedException.ts'
import * as Losses from '../model/Losses.ts'
import * as Segment from '../segment/Segment.ts'
import * as ErrorRules from './ErrorRules.ts'
import type { Mark } from './Told.ts'
import type { Recorded, UniqueException } from './UniqueException.ts'

// model

export interface Triaged<A> {
  readonly errors: ReadonlyArray<UniqueException<A>>
  readonly breadcrumbs: ReadonlyArray<UniqueException<A>>
  /** What needs not be told again. */
  readonly marks: ReadonlyArray<Mark>
  readonly losses: Losses.Losses
}

export interface Circumstances<A> {
  readonly segment: Segment.Segment<A>
  /** Whether an exception was told before, with the segment as it stood. */
  readonly wasTold: (mark: Mark) => boolean
  /** Whether the segment still waits: then only what is an error as things stand is decided. */
  readonly isEarly: boolean
}

// destructors

export const triage =
  (rules: ErrorRules.ErrorRules) =>
  <A>(
    raised: ReadonlyArray<UniqueException<A>>,
    { segment, wasTold, isEarly }: Circumstances<A>,
  ): Triaged<A> => {
    const errors: Array<UniqueException<A>> = []
    const breadcrumbs: Array<UniqueException<A>> = []
    const marks: Array<Mark> = []
    let copies = 0
    let ignored = 0
    for (const one of raised) {
      const news = one.occurrences.filter((copy) => !wasTold(markOf(copy)))
      const isNew = news.length === one.occurrences.length
      const isIgnored = ErrorRules.ignores(rules, one.innermost.thrown)
      const isError = !isIgnored && isWanted(rules, segment, one)
      if (isEarly && !isError) continue
      // What was told in part was told: the rest are copies of it.
      copies += isNew ? news.length - 1 : news.length
      // A record of a log goes on waiting when its segment is gone.
      const again = isEarly ? news : news.filter(isLogged)
      for (const copy of again) marks.push(markOf(copy))
      if (!isNew) continue
      if (isError) errors.push(one)
      else if (isIgnored) ignored++
      else breadcrumbs.push(one)
    }
    const losses = Losses.concatAll([
      Losses.of('error_copy', copies),
      Losses.of('error_ignored', ignored),
      Losses.of('error_breadcrumb', breadcrumbs.length),
    ])
    return { errors, breadcrumbs, marks, losses }
  }

/**
 * Whether the program caught it, as far as that is told: the outermost copy that says whether it escaped its span, else
 * that it failed the entry of its service.
 */
export const isHandled = <A>(
  segment: Segment.Segment<A>,
  { occurrences }: UniqueException<A>,
): boolean | undefined => {
  const said = occurrences.find(({ thrown }) => thrown.escaped !== undefined)
  if (said?.thrown.escaped !== undefined) return !said.thrown.escaped
  const failsEntry = occurrences.some(
    ({ node, thrown }) => Segment.isEntry(segment, node) && thrown.isFailure,
  )
  return failsEntry ? false : undefined
}

const isWanted = <A>(
  { errors }: ErrorRules.ErrorRules,
  segment: Segment.Segment<A>,
  raised: UniqueException<A>,
): boolean => {
  switch (errors) {
    case 'failed':
      return raised.occurrences.some(({ thrown }) => thrown.isFailure || thrown.escaped === true)
    case 'unhandled':
      return isHandled(segment, raised) === false
    case 'all':
      return true
    case 'none':
      return false
  }
}

const isLogged = <A>({ thrown }: Recorded<A>): boolean => RecordedException.isFromLog(thrown)

const markOf = <A>({ node, thrown }: Recorded<A>): Mark => ({
  spanId: node.spanId,
  key: thrown.key,
})
