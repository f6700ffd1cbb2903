/** The third step of capture: decides which exceptions become errors, which become breadcrumbs, and which neither. */

import * as RecordedException from '../exception/RecordedException.ts'
import { type ReadStack, readStack } from '../exception/readStack.ts'
import * as Losses from '../model/Losses.ts'
import * as Node from '../segment/Node.ts'
import type { ErrorEvent } from '../sentry/ErrorEvent.ts'
import * as ExceptionValue from '../sentry/ExceptionValue.ts'
import type { ExceptionId } from './CaptureHistory.ts'
import type { Occurrence } from './collect.ts'
import type { UniqueException } from './deduplicate.ts'
import * as ErrorRules from './ErrorRules.ts'

// model

/** An exception that becomes an error event, unless the rate limit or a hook drops it. */
export interface CapturedException<S> extends Occurrence<S> {
  readonly level: ErrorEvent['level']
  /** Whether the program caught it; `undefined` where that is unknown. */
  readonly handled: boolean | undefined
}

export interface Classified<S> {
  readonly errors: ReadonlyArray<CapturedException<S>>
  /** The exceptions that are neither errors nor ignored. */
  readonly others: ReadonlyArray<Occurrence<S>>
  /** The records that must not be captured again. */
  readonly captured: ReadonlyArray<ExceptionId>
  /** The copies and the ignored exceptions. */
  readonly losses: Losses.Losses
}

/** The facts about the segment of some exceptions that decide what becomes of them. */
export interface SegmentFacts<S> {
  readonly isEntry: (source: S) => boolean
  /** Whether a record was captured before, when the segment was still pending. */
  readonly wasCaptured: (id: ExceptionId) => boolean
  /** Whether the segment is still pending. Then only errors are decided: a copy that comes later may make others one. */
  readonly isPending: boolean
  /** Those of some errors that are causes of others of them. */
  readonly causesAmong?: (
    errors: ReadonlyArray<UniqueException<S>>,
  ) => ReadonlySet<UniqueException<S>>
}

interface Decision<S> {
  readonly unique: UniqueException<S>
  readonly handled: boolean | undefined
  readonly isIgnored: boolean
  readonly isError: boolean
}

/** A node of a segment, or a log record. */
type Source = Pick<Node.Node<unknown>, 'spanId' | 'half'> & {
  readonly traits?: Node.Node<unknown>['traits']
}

// transformations

/** The different stacks of the records of one exception that are searched for causes. */
const MAX_COMPARED_STACKS = 8

export const classify =
  (
    rules: ErrorRules.ErrorRules,
    read: (exception: RecordedException.RecordedException) => ReadStack = readStack(rules.parsers),
  ) =>
  <S extends Source>(
    exceptions: ReadonlyArray<UniqueException<S>>,
    { isEntry, wasCaptured, isPending, causesAmong }: SegmentFacts<S>,
  ): Classified<S> => {
    const errors: Array<CapturedException<S>> = []
    const others: Array<Occurrence<S>> = []
    const captured: Array<ExceptionId> = []
    let copies = 0
    let ignored = 0
    const decisions = exceptions.map((unique): Decision<S> => {
      const handled = isHandled(unique.occurrences, isEntry)
      const isIgnored = isIgnoredBy(rules, unique.innermost.exception, read)
      const isError = !isIgnored && isWanted(rules, unique.occurrences, handled)
      return {
        unique: isError ? withLongestChain(unique, read) : unique,
        handled,
        isIgnored,
        isError,
      }
    })
    const causes = causesAmong?.(decisions.filter(isErrorOf).map(({ unique }) => unique))
    for (const { unique, handled, isIgnored, isError } of decisions) {
      const { innermost, occurrences } = unique
      if (isPending && !isError) continue
      const added = occurrences.filter((one) => !wasCaptured(idOf(one)))
      // If some records were captured before, the others are copies of them.
      const isNew = added.length === occurrences.length && causes?.has(unique) !== true
      copies += isNew ? added.length - 1 : added.length
      for (const one of added) {
        // A log record is remembered, because it waits longer than its segment.
        if (isPending || RecordedException.isFromLog(one.exception)) captured.push(idOf(one))
      }
      if (!isNew) continue
      if (isError) errors.push(toCaptured(innermost, occurrences, handled))
      else if (isIgnored) ignored++
      else others.push(innermost)
    }
    const losses = Losses.ofCounts({ error_copy: copies, error_ignored: ignored })
    return { errors, others, captured, losses }
  }

const isErrorOf = <S>({ isError }: Decision<S>): boolean => isError

/**
 * Of the records of one exception, that with the most causes gives the stack: a logger often writes the causes, and the SDK of
 * the span does not.
 */
const withLongestChain = <S>(
  unique: UniqueException<S>,
  read: (exception: RecordedException.RecordedException) => ReadStack,
): UniqueException<S> => {
  const { innermost, occurrences } = unique
  const { exception } = innermost
  let longest = exception
  const tried = new Set([exception.stack])
  for (const { exception: other } of occurrences) {
    if (tried.has(other.stack) || tried.size > MAX_COMPARED_STACKS) continue
    tried.add(other.stack)
    if (read(other).exceptions.length > read(longest).exceptions.length) longest = other
  }
  if (longest === exception) return unique
  const { stack, causes, language } = longest
  return {
    ...unique,
    innermost: { ...innermost, exception: { ...exception, stack, causes, language } },
  }
}

/** Whether the rules ignore an exception by one of its names. Its stack may have another type than the attributes. */
const isIgnoredBy = (
  rules: ErrorRules.ErrorRules,
  exception: RecordedException.RecordedException,
  read: (exception: RecordedException.RecordedException) => ReadStack,
): boolean => {
  if (rules.ignoreErrors.length === 0) return false
  const stack = read(exception)
  const message = exception.message || (stack.exceptions[0]?.value ?? '')
  return ExceptionValue.namesOf(exception, stack).some((type) =>
    ErrorRules.ignores(rules, { type, message }),
  )
}

/**
 * Whether the program caught an exception, as far as that is known: by the outermost record with `exception.escaped`; else
 * an exception that failed the entry span was not caught.
 */
const isHandled = <S>(
  occurrences: ReadonlyArray<Occurrence<S>>,
  isEntry: (source: S) => boolean,
): boolean | undefined => {
  for (const { exception } of occurrences) {
    if (exception.escaped !== undefined) return !exception.escaped
  }
  const failsEntry = occurrences.some(
    ({ source, exception }) => exception.isFailure && isEntry(source),
  )
  return failsEntry ? false : undefined
}

const isWanted = <S>(
  { errors }: ErrorRules.ErrorRules,
  occurrences: ReadonlyArray<Occurrence<S>>,
  handled: boolean | undefined,
): boolean => {
  switch (errors) {
    case 'failed':
      return occurrences.some(({ exception }) => exception.isFailure || exception.escaped === true)
    case 'unhandled':
      return handled === false
    case 'all':
      return true
    case 'none':
      return false
  }
}

const toCaptured = <S>(
  { source, exception }: Occurrence<S>,
  occurrences: ReadonlyArray<Occurrence<S>>,
  handled: boolean | undefined,
): CapturedException<S> => ({
  source,
  exception,
  level: occurrences.some((one) => one.exception.isFailure) ? 'error' : 'warning',
  handled,
})

/** The halves of a call arrive with one span id, and each has exceptions of its own: the kind of the span is a part of the id. */
const idOf = <S extends Source>({ source, exception }: Occurrence<S>): ExceptionId => {
  const spanId = Node.arrivedSpanId(source)
  const { key } = exception
  const kind = source.traits?.kind
  return kind === undefined || RecordedException.isFromLog(exception)
    ? { spanId, key }
    : { spanId, key, kind }
}
