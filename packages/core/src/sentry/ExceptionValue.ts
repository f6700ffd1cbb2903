/**
 * One entry of `exception.values` of an event.
 * Source: `relay-event-schema/src/protocol/exception.rs` and `mechanism.rs` of getsentry/relay.
 *
 * @example
 * ```ts
 * import { ExceptionValue } from '@sentry-exporter/core'
 *
 * const toValues = ExceptionValue.ofParsed({ platform: 'java', handled: false, isSynthetic: false })
 * const [value] = toValues([{ type: 'com.shop.Declined', value: 'no funds', frames: [] }])
 * console.log(value?.module, value?.type, value?.mechanism.handled) // com.shop Declined false
 * ```
 */
import type { ParsedException } from '@sentry-exporter/stacktrace/ParsedException'
import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'
import { type RecordedException, STATUS } from '../exception/RecordedException.ts'
import { type ReadStack, readStack } from '../exception/readStack.ts'
import { shorten } from '../internal/text/cutBytes.ts'
import { characters } from '../model/ServerLimits.ts'
import * as FittedFrame from './FittedFrame.ts'

// model

export interface ExceptionValue {
  /**
   * `Error` where none was recorded: `sentry-cli` refuses an exception without a type. Absent only in the form of the
   * Collector's exporter.
   */
  readonly type?: string
  /** The package or module of the type (Java, Python, Ruby). */
  readonly module?: string
  readonly value: string
  /** The oldest call first; absent where no frame is known. */
  readonly stacktrace?: { readonly frames: ReadonlyArray<StackFrame> }
  readonly mechanism: Mechanism
}

export interface Mechanism {
  /** `generic` for the thrown exception, `chained` for its causes, `suppressed` for one thrown while closing resources. */
  readonly type: string
  /** Whether the program caught it; absent where that is unknown. */
  readonly handled?: boolean
  /** Set on an exception that no program threw. */
  readonly synthetic?: true
  /** The relation to its parent: `cause`, `__context__`, `exceptions[0]`, ... */
  readonly source?: string
  /** 0 for the thrown exception, then counted away from it; absent where there is only one. */
  readonly exception_id?: number
  readonly parent_id?: number
  /** Set on an exception that holds several others, such as an `AggregateError`. */
  readonly is_exception_group?: true
}

/** The exceptions of one event, and the facts about their stack that its other fields need. */
export interface ExceptionChain {
  /** The innermost cause first, the thrown exception last. */
  readonly values: ReadonlyArray<ExceptionValue>
  /** Sentry's name of the platform that the stack belongs to. */
  readonly platform: string
  /** Whether the values hold everything that the text of the stack holds. */
  readonly isWhole: boolean
  /** The number of texts that are longer than the server takes, and were cut. */
  readonly cuts?: number
}

/** Facts about parsed exceptions that their stack does not contain. */
export interface ChainFacts {
  /** Sentry's name of the platform. */
  readonly platform: string
  /** Whether the program caught the thrown exception; `undefined` where that is unknown. */
  readonly handled: boolean | undefined
  /** Whether no program threw it: it represents something that failed without an exception. */
  readonly isSynthetic: boolean
}

// constructors

// The server cuts longer texts, and marks the cut in the same way.
const { exceptionType: MAX_TYPE, exceptionValue: MAX_VALUE } = characters

const UNKNOWN_TYPE = 'Error'

const PLATFORMS_WITH_DOTTED_TYPES: ReadonlySet<string> = new Set(['java', 'python'])

/** `java.lang.Error`, `shop.payments.Declined`: names joined by single dots. */
const QUALIFIED = /^[\w$]+(?:\.[\w$]+)+$/

const GROUP = /(?:^|\.)(?:(?:Base)?ExceptionGroup|AggregateError|AggregateException)$/

/** The exception with its causes. `handled` is `undefined` where it is unknown whether the program caught it. */
export const ofRecorded = (
  parsers: ReadonlyArray<Parser>,
): ((exception: RecordedException, handled: boolean | undefined) => ExceptionChain) => {
  return ofRead(readStack(parsers))
}

/** As `ofRecorded`, with stacks that `read` gives. Fits frozen frames once. */
export const ofRead = (
  read: (exception: RecordedException) => ReadStack,
): ((exception: RecordedException, handled: boolean | undefined) => ExceptionChain) => {
  const fit = FittedFrame.once()
  return (exception, handled) => {
    const { platform, exceptions, isWhole } = read(exception)
    const isSynthetic = exception.key === STATUS
    let cuts = countCuts(exceptions)
    const values = valuesOf({ platform, handled, isSynthetic }, exceptions, (frames) => {
      const fitted = fit(frames)
      cuts += fitted.cuts
      return fitted.frames
    })
    return { values, platform, isWhole, cuts }
  }
}

/** The types by which a user may name an exception: that of the event, the same with its module, and the recorded one. */
export const namesOf = (
  { type }: RecordedException,
  { platform, exceptions }: ReadStack,
): ReadonlyArray<string> => {
  const shown = exceptions[0]?.type ?? ''
  return [...new Set([type, shown, typeOf(platform, shown).type])]
}

/** The values of parsed exceptions, in the reverse order: the innermost cause first, the thrown exception last. */
export const ofParsed =
  (facts: ChainFacts) =>
  (exceptions: ReadonlyArray<ParsedException>): ReadonlyArray<ExceptionValue> =>
    valuesOf(facts, exceptions, (frames) => FittedFrame.ofAll(frames).frames)

const valuesOf = (
  { platform, handled, isSynthetic }: ChainFacts,
  exceptions: ReadonlyArray<ParsedException>,
  fit: (frames: ReadonlyArray<StackFrame>) => ReadonlyArray<StackFrame>,
): ReadonlyArray<ExceptionValue> => {
  const groups = groupsIn(exceptions)
  const values: Array<ExceptionValue> = []
  for (let id = exceptions.length - 1; id >= 0; id--) {
    const exception = exceptions[id]
    if (exception === undefined) continue
    const { type, frames } = exception
    const mechanism = mechanismOf(exception, id, exceptions.length)
    if (id === 0 && handled !== undefined) mechanism.handled = handled
    if (isSynthetic) mechanism.synthetic = true
    if (groups?.has(id) === true || GROUP.test(type)) mechanism.is_exception_group = true
    // hot: fields are set in the order in which they are printed; spreads take several times as long.
    const value: Made<ExceptionValue> = typeOf(platform, type)
    value.value = cut(exception.value, MAX_VALUE)
    if (frames.length > 0) value.stacktrace = { frames: fit(frames) }
    value.mechanism = mechanism
    // All fields are set now.
    values.push(value as ExceptionValue)
  }
  return values
}

/** An object whose fields are being set. */
type Made<A> = { -readonly [Key in keyof A]?: A[Key] }

/** The exceptions that hold others; `undefined` if none does, as in most events. */
const groupsIn = (
  exceptions: ReadonlyArray<ParsedException>,
): ReadonlySet<number | undefined> | undefined =>
  exceptions.some(isMember)
    ? new Set(exceptions.filter(isMember).map(({ parent }) => parent))
    : undefined

/** On some platforms Sentry expects the bare name of a type, and its module in a field of its own. */
const typeOf = (
  platform: string,
  type: string,
): { readonly type: string; readonly module?: string } => {
  if (type === '') return { type: UNKNOWN_TYPE }
  const short = cut(type, MAX_TYPE)
  if (platform === 'ruby') {
    const end = type.lastIndexOf('::')
    return { type: short, ...(end > 0 ? { module: cut(type.slice(0, end), MAX_TYPE) } : {}) }
  }
  const isDotted = PLATFORMS_WITH_DOTTED_TYPES.has(platform) && QUALIFIED.test(type)
  const end = isDotted ? type.lastIndexOf('.') : -1
  return end < 0
    ? { type: short }
    : { type: cut(type.slice(end + 1), MAX_TYPE), module: cut(type.slice(0, end), MAX_TYPE) }
}

/**
 * In the form of the Collector's exporter: types are not divided into a type and a module, and the thrown exception has the
 * recorded type and message, which the text of its stack does not complete. It stays as it was read if it has neither.
 */
export const asRecorded = (
  chain: ExceptionChain,
  { type, message }: Pick<RecordedException, 'type' | 'message'>,
): ExceptionChain => {
  const values = chain.values.map(withWholeType)
  const outermost = values.at(-1)
  if (outermost === undefined || (type === '' && message === '')) return { ...chain, values }
  const { type: readType, ...others } = outermost
  const isKept =
    (message !== '' || others.value === '') && (type !== '' || readType === UNKNOWN_TYPE)
  const recorded = { ...others, value: cut(message, MAX_VALUE) }
  values[values.length - 1] = type === '' ? recorded : { type: cut(type, MAX_TYPE), ...recorded }
  return { ...chain, values, isWhole: chain.isWhole && isKept }
}

const withWholeType = ({ type, module, ...others }: ExceptionValue): ExceptionValue => {
  const named = type ?? UNKNOWN_TYPE
  // The types of Ruby contain their module.
  const isDivided = module !== undefined && !named.startsWith(`${module}::`)
  return { type: isDivided ? cut(`${module}.${named}`, MAX_TYPE) : named, ...others }
}

const mechanismOf = (
  { parent, relation }: ParsedException,
  id: number,
  count: number,
): { -readonly [Key in keyof Mechanism]: Mechanism[Key] } => {
  const mechanism: ReturnType<typeof mechanismOf> = {
    type: id === 0 ? 'generic' : relation === 'suppressed' ? relation : 'chained',
  }
  if (relation !== undefined) mechanism.source = relation.replace(/\s+/g, '_')
  if (count > 1) mechanism.exception_id = id
  if (parent !== undefined) mechanism.parent_id = parent
  return mechanism
}

/** Whether it is a member of an `AggregateException`, an `ExceptionGroup` or an `AggregateError`. */
const isMember = ({ relation }: ParsedException): boolean =>
  relation !== undefined && /^(?:exceptions|errors|InnerExceptions)\[/.test(relation)

/** Of types and messages. */
const countCuts = (exceptions: ReadonlyArray<ParsedException>): number => {
  let cuts = 0
  for (const { type, value } of exceptions) {
    if (type.length > MAX_TYPE || value.length > MAX_VALUE) cuts++
  }
  return cuts
}

const cut = shorten
