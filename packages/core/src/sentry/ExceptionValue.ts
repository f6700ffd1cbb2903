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
const {
  exceptionType: MAX_TYPE,
  exceptionValue: MAX_VALUE,
  frameFunction: MAX_FUNCTION,
  framePath: MAX_PATH,
} = characters

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

export const ofRead =
  (
    read: (exception: RecordedException) => ReadStack,
  ): ((exception: RecordedException, handled: boolean | undefined) => ExceptionChain) =>
  (exception, handled) => {
    const { platform, exceptions, isWhole } = read(exception)
    const isSynthetic = exception.key === STATUS
    const values = ofParsed({ platform, handled, isSynthetic })(exceptions)
    return { values, platform, isWhole, cuts: countCuts(exceptions) }
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
  ({ platform, handled, isSynthetic }: ChainFacts) =>
  (exceptions: ReadonlyArray<ParsedException>): ReadonlyArray<ExceptionValue> => {
    const groups = new Set(exceptions.filter(isMember).map(({ parent }) => parent))
    return exceptions
      .map((exception, id): ExceptionValue => {
        const isGroup = groups.has(id) || GROUP.test(exception.type)
        const mechanism: Mechanism = {
          ...mechanismOf(exception, id, exceptions.length),
          ...(id === 0 && handled !== undefined ? { handled } : {}),
          ...(isSynthetic ? { synthetic: true as const } : {}),
          ...(isGroup ? { is_exception_group: true as const } : {}),
        }
        return {
          ...typeOf(platform, exception.type),
          value: cut(exception.value, MAX_VALUE),
          ...(exception.frames.length > 0
            ? { stacktrace: { frames: exception.frames.map(fitFrame) } }
            : {}),
          mechanism,
        }
      })
      .reverse()
  }

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
): Mechanism => ({
  type: id === 0 ? 'generic' : relation === 'suppressed' ? relation : 'chained',
  ...(relation === undefined ? {} : { source: relation.replace(/\s+/g, '_') }),
  ...(count > 1 ? { exception_id: id } : {}),
  ...(parent === undefined ? {} : { parent_id: parent }),
})

/** Whether it is a member of an `AggregateException`, an `ExceptionGroup` or an `AggregateError`. */
const isMember = ({ relation }: ParsedException): boolean =>
  /^(?:exceptions|errors|InnerExceptions)\[/.test(relation ?? '')

/** A whole path or a URL. */
const WHOLE_PATH = /^(?:\/|[a-zA-Z]:[\\/]|\\\\|[a-zA-Z][\w+.-]{1,30}:\/\/)/

/** A frame whose texts the server takes. A whole path is `abs_path` too: source maps are looked up by it. */
const fitFrame = (frame: StackFrame): StackFrame => {
  const { filename, abs_path: path } = frame
  const isWhole = path === undefined && filename !== undefined && WHOLE_PATH.test(filename)
  // hot: once for each frame; most need nothing.
  if (!isWhole && !isLong(frame)) return frame
  const made: { -readonly [Key in keyof StackFrame]: StackFrame[Key] } = Object.assign({}, frame)
  if (frame.function !== undefined) made.function = cut(frame.function, MAX_FUNCTION)
  if (filename !== undefined) made.filename = cutStart(filename, MAX_PATH)
  const whole = isWhole ? filename : path
  if (whole !== undefined) made.abs_path = cutStart(whole, MAX_PATH)
  return made
}

const isLong = ({ function: name, filename, abs_path: path }: StackFrame): boolean =>
  (name !== undefined && name.length > MAX_FUNCTION) ||
  (filename !== undefined && filename.length > MAX_PATH) ||
  (path !== undefined && path.length > MAX_PATH)

const countCuts = (exceptions: ReadonlyArray<ParsedException>): number => {
  let cuts = 0
  for (const { type, value, frames } of exceptions) {
    if (type.length > MAX_TYPE || value.length > MAX_VALUE) cuts++
    for (const frame of frames) if (isLong(frame)) cuts++
  }
  return cuts
}

const cut = shorten

/** Half of a character that was cut in two. */
const LOW_SURROGATE = /^[\udc00-\udfff]/

/** The end of a path names the file. */
const cutStart = (text: string, maxCharacters: number): string =>
  text.length <= maxCharacters
    ? text
    : `...${text.slice(3 - maxCharacters).replace(LOW_SURROGATE, '')}`
