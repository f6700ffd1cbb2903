/**
 * Spans as printed JSON in UTF-8: printed once when they arrive, joined when their transaction is made.
 */
import { ORIGINAL_PARENT_KEY, type Payload, reparented } from '@sentry-exporter/core/pipeline'
import * as SentrySpan from '@sentry-exporter/core/SentrySpan'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import * as WellFormed from '@sentry-exporter/envelope/WellFormed'
import * as SpanMemory from './SpanMemory.ts'

// model

export interface FinishedSpan extends Utf8.Slice {
  /** Its parent cannot be changed in the bytes: the span must be printed again. */
  readonly isFixed?: true
  /** Its parent, where that is not the one in its bytes: printed when it is joined with others. */
  readonly reparented?: Reparented
}

interface Printed {
  readonly finished: FinishedSpan
  /** Without the tags below. */
  readonly span: SentrySpan.SentrySpan
  /** Tags that were printed before. */
  readonly tags: string | undefined
}

interface Reparented {
  readonly parent: SpanId
  /** The parent that the span named. */
  readonly original: SpanId
}

/** As long as the id of a span, and half as long as that of a trace. */
const ID = '0123456789abcdef'

/** The offset of the parent id: the first three fields of a span are ids of fixed lengths. */
const PARENT_AT = `{"span_id":"${ID}","trace_id":"${ID}${ID}","parent_span_id":"`.length

/** The length of the ids of a span, up to the quote after the last one. */
const endOfIds = (hasParent: boolean): number =>
  hasParent ? PARENT_AT + ID.length + 1 : PARENT_AT - ',"parent_span_id":"'.length

/** The end of a span whose last field is its data. */
const END = '}}'

// encoding

/** The end of a span whose data names its original parent. */
const endWith = (original: string): string => `,"${ORIGINAL_PARENT_KEY}":"${original}"}}`

/** Its JSON, in pieces. */
export const parts = (finished: FinishedSpan): ReadonlyArray<Utf8.Part> => {
  const { buffer, from, to, reparented } = finished
  if (reparented === undefined) return [finished]
  const parentAt = from + PARENT_AT
  return [
    { buffer, from, to: parentAt },
    reparented.parent,
    { buffer, from: parentAt + ID.length, to: to - END.length },
    endWith(reparented.original),
  ]
}

const joined = (finished: FinishedSpan): Uint8Array =>
  finished.reparented === undefined
    ? Utf8.bytesOf(finished)
    : Utf8.join(parts(finished).map(Utf8.slice))

// instances

/** The bytes that the original parent adds. */
const ORIGINAL_BYTES = endWith(ID).length - END.length

/**
 * Spans of one pipeline, which share buffers. Gives the same transactions, byte for byte, as spans that stay JSON values.
 */
export const payload = (
  sizes: SpanMemory.MemorySizes = SpanMemory.sizes,
): Payload.Payload<FinishedSpan> => {
  const pool = Utf8.pool(sizes.bufferBytes)
  // Roots end last: in a process that makes transactions at once, the span that was printed last is read next.
  let last: Printed | undefined

  const finish = (
    text: string,
    span: SentrySpan.SentrySpan,
    tags: string | undefined,
  ): FinishedSpan => {
    const printed = pool.encode(text)
    const { buffer, from, to } = printed
    const finished = isFixed(span) ? ({ buffer, from, to, isFixed: true } as const) : printed
    last = { finished, span, tags }
    return finished
  }
  const print = (span: SentrySpan.SentrySpan): FinishedSpan =>
    finish(WellFormed.stringify(span), span, undefined)
  const printTagged = (span: SentrySpan.SentrySpan, tags: string): FinishedSpan => {
    const text = WellFormed.stringify(span)
    const at = endOfIds(span.parent_span_id !== undefined)
    const wellFormed = WellFormed.repair(tags)
    return finish(`${text.slice(0, at)},"tags":${wellFormed}${text.slice(at)}`, span, tags)
  }
  const read = (finished: FinishedSpan): SentrySpan.SentrySpan => {
    // These bytes were printed from a SentrySpan by `print`.
    if (finished !== last?.finished)
      return JSON.parse(Utf8.decode(joined(finished))) as SentrySpan.SentrySpan
    return last.tags === undefined
      ? last.span
      : SentrySpan.withTags(last.span, JSON.parse(last.tags))
  }
  return {
    of: print,
    ofTagged: printTagged,
    ofWritten: (written, isFixed) => {
      if (!isFixed) return written
      const { buffer, from, to } = written
      return { buffer, from, to, isFixed }
    },
    read,
    reparent: (finished, parent, original) =>
      finished.isFixed || finished.reparented !== undefined
        ? print(reparented(read(finished), parent, original))
        : {
            buffer: finished.buffer,
            from: finished.from,
            to: finished.to,
            reparented: { parent, original },
          },
    bytes: (finished) =>
      Utf8.lengthOf(finished) + (finished.reparented === undefined ? 0 : ORIGINAL_BYTES),
    compare,
    memory: SpanMemory.make(sizes, at),
  }
}

/** Payloads that are only made of spans that were mapped. */
export const printed = (): Payload.Payload<FinishedSpan> => {
  const { ofWritten: _, ...others } = payload()
  return others
}

/** The same span at another place. */
const at = (
  { isFixed, reparented }: FinishedSpan,
  { buffer, from, to }: Utf8.Slice,
): FinishedSpan => {
  if (reparented !== undefined) return { buffer, from, to, reparented }
  return isFixed ? { buffer, from, to, isFixed } : { buffer, from, to }
}

const compare = (a: FinishedSpan, b: FinishedSpan): number => {
  const [first, second] = [joined(a), joined(b)]
  const shorter = Math.min(first.length, second.length)
  for (let i = 0; i < shorter; i++) {
    const order = (first[i] ?? 0) - (second[i] ?? 0)
    if (order !== 0) return order
  }
  return first.length - second.length
}

/** Whether it has no parent, does not end with its data, or its data is printed empty or names an original parent. */
const isFixed = ({ parent_span_id, links, data }: SentrySpan.SentrySpan): boolean =>
  parent_span_id === undefined ||
  links !== undefined ||
  data?.[ORIGINAL_PARENT_KEY] !== undefined ||
  isEmpty(data)

const isEmpty = (data: SentrySpan.SentrySpan['data']): boolean => {
  for (const key in data) if (data[key] !== undefined) return false
  return true
}
