/**
 * Checks spans that a program made by hand, or changed: types do not bind a caller in JavaScript, nor one who casts an id. A span
 * that is not one is rejected with its place, and the others stay. Spans that are right, which is the common case, are not copied.
 */
import * as E from '#fp-ts/Either'
import type * as Batch from '../model/Batch.ts'
import * as Losses from '../model/Losses.ts'
import type { Rejected } from '../model/Rejected.ts'
import type { Span } from '../model/Span.ts'
import * as SpanId from '../model/SpanId.ts'
import * as TraceId from '../model/TraceId.ts'
import * as Form from './Form.ts'
import { isSpan } from './isSpan.ts'
import { resourceForm, scopeForm, wholeSpanForm } from './spanForm.ts'

// model

/** The state of a check of one batch, whose spans share their resources and scopes. */
interface Known {
  /** The resources and scopes that are right. */
  readonly right: WeakSet<object>
  /** The form of spans; it copies a resource or scope once. */
  readonly form: Form.Form<Span>
}

// decoding

/** The batch with the spans that are right; one of another form, or that throws when it is read, is among the rejected. */
export const checkBatch = (batch: Batch.Batch): Batch.Batch => {
  const known: Known = {
    right: new WeakSet(),
    form: wholeSpanForm(once(resourceForm), once(scopeForm)),
  }
  const spans: Array<Span> = []
  const rejected: Array<Rejected> = []
  const invalidParts: Array<Rejected> = []
  for (const [index, span] of batch.spans.entries()) {
    if (isSpan(span, known.right)) spans.push(span)
    else {
      const path = `spans[${index}]`
      const links = invalidLinks(span)
      for (const link of links) invalidParts.push(withoutIds(`${path}.links[${link}]`))
      const read = Form.read(known.form, withoutLinks(span, links))
      if (E.isRight(read)) spans.push(read.right)
      else rejected.push(rejectedAt(path, read.left))
    }
  }
  const { repairs = Losses.empty } = batch
  return {
    ...batch,
    spans,
    rejected: rejected.length === 0 ? batch.rejected : [...batch.rejected, ...rejected],
    repairs: Losses.concat(repairs, Losses.of('invalid_part', invalidParts.length)),
    ...(invalidParts.length === 0
      ? {}
      : { invalidParts: [...(batch.invalidParts ?? []), ...invalidParts] }),
  }
}

const rejectedAt = (span: string, { path, expected, found }: Form.Mismatch): Rejected => ({
  path: path === '' ? span : `${span}.${path}`,
  expected,
  actual: found,
})

const withoutIds = (path: string): Rejected => ({
  path,
  expected: 'a link with a trace id and a span id',
  actual: 'a link without them',
})

/** The links without valid ids, which never cost their span: the specification of OpenTelemetry has such links recorded. */
const invalidLinks = (span: Span): ReadonlyArray<number> => {
  try {
    return span.links.flatMap((link, index) =>
      TraceId.parse(link.traceId) === undefined || SpanId.parse(link.spanId) === undefined
        ? [index]
        : [],
    )
  } catch {
    // A value of another form, which the form of spans names.
    return []
  }
}

const withoutLinks = (span: Span, left: ReadonlyArray<number>): Span =>
  left.length === 0
    ? span
    : { ...span, links: span.links.filter((_link, index) => !left.includes(index)) }

/** A form that reads a value once. */
const once = <A extends object>(form: Form.Form<A>): Form.Form<A> => {
  const copies = new Map<unknown, A>()
  return (value, path, reading) => {
    const known = copies.get(value)
    if (known !== undefined) return known
    const copy = form(value, path, reading)
    if (copy !== undefined && reading.mismatch === undefined) copies.set(value, copy)
    return copy
  }
}

// guards

/** Whether a value is a batch, of spans that were not checked. */
export const isBatch = (value: unknown): value is Batch.Batch =>
  isObject(value) &&
  Array.isArray(value['spans']) &&
  Array.isArray(value['rejected']) &&
  value['rejected'].every(isRejected) &&
  (value['repairs'] === undefined || isLosses(value['repairs'])) &&
  (value['invalidParts'] === undefined ||
    (Array.isArray(value['invalidParts']) && value['invalidParts'].every(isRejected)))

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isRejected = (value: unknown): value is Rejected =>
  isObject(value) &&
  typeof value['path'] === 'string' &&
  typeof value['expected'] === 'string' &&
  typeof value['actual'] === 'string'

const isLosses = (value: unknown): value is Losses.Losses =>
  Form.isPlainObject(value) &&
  Object.values(value).every((count) => Number.isSafeInteger(count) && Number(count) >= 0)
