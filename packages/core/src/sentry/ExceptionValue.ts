/**
 * One entry of `exception.values` as Sentry takes it.
 *
 * Source: `relay-event-schema/src/protocol/exception.rs` and `mechanism.rs` of getsentry/relay.
 */
import type { ParsedException } from '@sentry-exporter/stacktrace/ParsedException'
import type { StackFrame } from '@sentry-exporter/stacktrace/StackFrame'

// model

export interface ExceptionValue {
  /** `Error` where none was recorded: Sentry's own command refuses an exception without one. */
  readonly type: string
  /** The package or module of the type (Java, Python, Ruby). */
  readonly module?: string
  readonly value: string
  /** The oldest call first; absent where no frame is known. */
  readonly stacktrace?: { readonly frames: ReadonlyArray<StackFrame> }
  readonly mechanism: Mechanism
}

export interface Mechanism {
  /** `generic` for what was thrown, `chained` for what caused it, `suppressed` for what came up while closing. */
  readonly type: string
  /** Whether the program caught it; absent where that cannot be told. */
  readonly handled?: boolean
  /** That no program threw it. */
  readonly synthetic?: true
  /** What it is to its parent: `cause`, `__context__`, `exceptions[0]`, ... */
  readonly source?: string
  /** 0 for what was thrown, then counted away from it; absent where there is no chain. */
  readonly exception_id?: number
  readonly parent_id?: number
  /** Whether it holds several exceptions that came up side by side. */
  readonly is_exception_group?: true
}

// constructors

export interface Circumstances {
  /** Sentry's name of the platform. */
  readonly platform: string
  /** Whether the program caught what was thrown; `undefined` where that cannot be told. */
  readonly handled: boolean | undefined
  /** Whether no program threw it: it stands for something that failed otherwise. */
  readonly isSynthetic: boolean
}

/** The list for Sentry's `exception.values`: the oldest cause first, what was thrown last. */
export const ofParsed =
  ({ platform, handled, isSynthetic }: Circumstances) =>
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
          ...nameOf(platform, exception.type),
          value: cut(exception.value, MAX_VALUE),
          ...(exception.frames.length > 0 ? { stacktrace: { frames: exception.frames } } : {}),
          mechanism,
        }
      })
      .reverse()
  }

/** Some platforms know a type by its bare name, beside the module that it is of. */
const nameOf = (platform: string, type: string): Pick<ExceptionValue, 'type' | 'module'> => {
  if (type === '') return { type: 'Error' }
  const short = cut(type, MAX_TYPE)
  if (platform === 'ruby') {
    const end = type.lastIndexOf('::')
    return { type: short, ...(end > 0 ? { module: cut(type.slice(0, end), MAX_TYPE) } : {}) }
  }
  const end = SPLIT_BY_DOT.has(platform) && QUALIFIED.test(type) ? type.lastIndexOf('.') : -1
  return end < 0
    ? { type: short }
    : { type: cut(type.slice(end + 1), MAX_TYPE), module: cut(type.slice(0, end), MAX_TYPE) }
}

const SPLIT_BY_DOT: ReadonlySet<string> = new Set(['java', 'python'])

/** `java.lang.Error`, `shop.payments.Declined`: names joined by single dots. */
const QUALIFIED = /^[\w$]+(?:\.[\w$]+)+$/

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

/** A member of an `AggregateException`, an `ExceptionGroup` or an `AggregateError`. */
const isMember = ({ relation }: ParsedException): boolean =>
  /^(?:exceptions|errors|InnerExceptions)\[/.test(relation ?? '')

const GROUP = /(?:^|\.)(?:(?:Base)?ExceptionGroup|AggregateError|AggregateException)$/

/** Longer ones are cut by the server, with the same mark. */
const MAX_TYPE = 256

const MAX_VALUE = 8_192

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 3)}...`
