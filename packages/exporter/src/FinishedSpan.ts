/** Spans as finished JSON in UTF-8: printed once when they arrive, joined when their transaction is ready. */
import * as Payload from '@sentry-exporter/core/Payload'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

export interface FinishedSpan extends Utf8.Slice {
  /** It can only be hung elsewhere by printing it again. */
  readonly isFixed?: true
  /** Where it hangs in place of what its bytes say: written when it is joined with others. */
  readonly hung?: Hung
}

interface Hung {
  readonly on: SpanId
  /** The parent it named. */
  readonly said: SpanId
}

// instances

/** Gives the same transactions, byte for byte, as spans that stay JSON values. */
export const payload: Payload.Payload<FinishedSpan> = {
  of: (span) => {
    const printed = pool.encode(WellFormed.stringify(span))
    const { buffer, from, to } = printed
    const finished = isFixed(span) ? ({ buffer, from, to, isFixed: true } as const) : printed
    last = { finished, span }
    return finished
  },
  read: (finished) =>
    finished === last?.finished
      ? last.span
      : // These bytes were printed from a SentrySpan by the lines above.
        (JSON.parse(Utf8.decode(joined(finished))) as SentrySpan),
  reparent: (finished, on, said) =>
    finished.isFixed || finished.hung !== undefined
      ? payload.of(Payload.reparented(payload.read(finished), on, said))
      : { buffer: finished.buffer, from: finished.from, to: finished.to, hung: { on, said } },
  bytes: (finished) => Utf8.lengthOf(finished) + (finished.hung === undefined ? 0 : SAID_BYTES),
  compare: (a, b) => {
    const [first, second] = [joined(a), joined(b)]
    const shorter = Math.min(first.length, second.length)
    for (let i = 0; i < shorter; i++) {
      const order = (first[i] ?? 0) - (second[i] ?? 0)
      if (order !== 0) return order
    }
    return first.length - second.length
  },
}

/** What was printed last: roots end last, and where their transactions are made at once it is read next. */
let last: { readonly finished: FinishedSpan; readonly span: SentrySpan } | undefined

// destructors

/** Its JSON, in pieces. */
export const parts = (finished: FinishedSpan): ReadonlyArray<Utf8.Part> => {
  const { buffer, from, to, hung } = finished
  if (hung === undefined) return [finished]
  const parentAt = from + PARENT_AT
  return [
    { buffer, from, to: parentAt },
    hung.on,
    { buffer, from: parentAt + ID.length, to: to - END.length },
    saying(hung.said),
  ]
}

const joined = (finished: FinishedSpan): Uint8Array =>
  finished.hung === undefined ? Utf8.bytesOf(finished) : Utf8.join(parts(finished).map(Utf8.slice))

/** How a span ends that is hung on another parent than it named. */
const saying = (said: string): string => `,"${Payload.ORIGINAL_PARENT_KEY}":"${said}"}}`

const pool = Utf8.pool(256 * 1024)

/** As long as the id of a span, and half as long as that of a trace. */
const ID = '0123456789abcdef'

/** Where the parent of a span stands: the first three fields are ids of one length each. */
const PARENT_AT = `{"span_id":"${ID}","trace_id":"${ID}${ID}","parent_span_id":"`.length

/** How a span ends whose last field is its data. */
const END = '}}'

/** What it adds to name the parent there. */
const SAID_BYTES = saying(ID).length - END.length

/** One without a parent, one that does not end with its data, or one whose data is printed empty or names a parent already. */
const isFixed = ({ parent_span_id, links, data }: SentrySpan): boolean =>
  parent_span_id === undefined ||
  links !== undefined ||
  data?.[Payload.ORIGINAL_PARENT_KEY] !== undefined ||
  isEmpty(data)

const isEmpty = (data: SentrySpan['data']): boolean => {
  for (const key in data) if (data[key] !== undefined) return false
  return true
}
