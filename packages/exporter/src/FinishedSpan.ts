/** Spans as finished JSON in UTF-8: printed once when they arrive, joined when their transaction is ready. */
import * as Payload from '@sentry-exporter/core/Payload'
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'

// model

export interface FinishedSpan extends Utf8.Slice {
  /** Its data says which parent it named. */
  readonly saysParent?: true
}

// instances

/** Gives the same transactions, byte for byte, as spans that stay JSON values. */
export const payload: Payload.Payload<FinishedSpan> = {
  of: (span) => {
    const printed = pool.encode(WellFormed.stringify(span))
    return span.data?.[Payload.SAID_PARENT] === undefined ? printed : saying(printed)
  },
  // These bytes were printed from a SentrySpan by the lines above.
  read: (finished) => JSON.parse(textOf(finished)) as SentrySpan,
  repoint: (finished, shown, said) =>
    spliced(finished, shown, said) ?? reprinted(finished, shown, said),
  bytes: ({ from, to }) => to - from,
  compare: (a, b) => {
    const shorter = Math.min(a.to - a.from, b.to - b.from)
    for (let i = 0; i < shorter; i++) {
      const order = (a.buffer[a.from + i] ?? 0) - (b.buffer[b.from + i] ?? 0)
      if (order !== 0) return order
    }
    return a.to - a.from - (b.to - b.from)
  },
}

const pool = Utf8.pool(256 * 1024)

const textOf = (finished: FinishedSpan): string => Utf8.decode(Utf8.bytesOf(finished))

/** As long as the id of a span, and half as long as that of a trace. */
const ID = '0123456789abcdef'

/** Where the parent of a span stands: the first three fields are ids of one length each. */
const PARENT_AT = `{"span_id":"${ID}","trace_id":"${ID}${ID}","parent_span_id":"`.length

const PARENT_FIELD = Utf8.encode('"parent_span_id":"')

/** How a span ends whose last field is its data. */
const END = Utf8.encode('}}')

const AFTER_SAID = '"}}'

/** How such a span ends that is hung on another parent, with room for the id of the one it named. */
const SAID_END = Utf8.whole(Utf8.encode(`,"${Payload.SAID_PARENT}":"${ID}${AFTER_SAID}`))

/** Where the id stands in it, from its end. */
const SAID_AFTER = ID.length + AFTER_SAID.length

/**
 * Changes the bytes in place of printing them again. Not for a span without a parent, one that does not end with its data,
 * or one whose data is empty or names a parent already: such a span is printed again.
 */
const spliced = (finished: FinishedSpan, shown: SpanId, said: SpanId): FinishedSpan | undefined => {
  const { buffer, from, to } = finished
  const parentAt = from + PARENT_AT
  const dataEnd = to - END.length
  if (!hasAt(finished, PARENT_FIELD, parentAt - PARENT_FIELD.length)) return undefined
  if (!hasAt(finished, END, dataEnd) || buffer[dataEnd - 1] === OPENING_BRACE) return undefined
  if (finished.saysParent) return undefined
  // A copy with an end of its own: the ids are written over what stands in their places.
  const copy = pool.join([{ buffer, from, to: dataEnd }, SAID_END])
  writeId(copy.buffer, copy.from + PARENT_AT, shown)
  writeId(copy.buffer, copy.to - SAID_AFTER, said)
  return saying(copy)
}

const saying = ({ buffer, from, to }: Utf8.Slice): FinishedSpan => ({
  buffer,
  from,
  to,
  saysParent: true,
})

/** Digits take one byte each. */
const writeId = (buffer: Uint8Array, at: number, id: SpanId): void => {
  for (let i = 0; i < id.length; i++) buffer[at + i] = id.charCodeAt(i)
}

const OPENING_BRACE = 0x7b

const hasAt = ({ buffer, from, to }: FinishedSpan, part: Uint8Array, at: number): boolean => {
  if (at < from || at + part.length > to) return false
  for (let i = 0; i < part.length; i++) if (buffer[at + i] !== part[i]) return false
  return true
}

const reprinted = (finished: FinishedSpan, shown: SpanId, said: SpanId): FinishedSpan =>
  payload.of(Payload.json.repoint(payload.read(finished), shown, said))
