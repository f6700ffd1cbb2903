/**
 * A transaction: the reasons to drop it as a whole, and the cuts in it. One bad span drops all of it.
 * Source: `relay-event-normalization/src/validation.rs`, `.../trimming.rs`, `.../transactions/processor.rs`,
 * `.../normalize/span/reparent_broken_spans.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as EventFields from './EventFields.ts'
import * as Fields from './Fields.ts'
import type { Moment } from './Moment.ts'
import type { Sizes } from './Sizes.ts'
import * as SpanFields from './SpanFields.ts'
import * as Timestamp from './Timestamp.ts'
import * as Verdict from './Verdict.ts'

// folds

/** The rules in the order in which the server applies them; the first that is broken is the reason. */
export const judge = (
  event: Fields.Fields,
  { nowSeconds, shiftSeconds }: Moment,
  sizes: Sizes,
): E.Either<Verdict.DropReason, ReadonlyArray<Verdict.Cut>> => {
  const start = Timestamp.read(event['start_timestamp'])
  const end = Timestamp.read(event['timestamp'])
  if (start._tag === 'Negative' || end._tag === 'Negative') return E.left('negative-timestamp')
  if (start._tag === 'Absent') return E.left('no-start')
  const endSeconds = end._tag === 'At' ? end.seconds : nowSeconds - shiftSeconds
  if (endSeconds < start.seconds) return E.left('end-before-start')
  for (const seconds of [start.seconds, endSeconds]) {
    const age = nowSeconds - (seconds + shiftSeconds)
    if (age > MAX_SECONDS_PAST || age < -MAX_SECONDS_FUTURE) return E.left('timestamp-range')
  }
  const trace = Fields.field(event['contexts'], 'trace')
  if (!Fields.isFields(trace)) return E.left('no-trace-context')
  if (!Fields.isId(trace['trace_id'], 32)) return E.left('trace-no-trace-id')
  if (!Fields.isId(trace['span_id'], 16)) return E.left('trace-no-span-id')
  const spans = Fields.isAbsent(event['spans']) ? [] : event['spans']
  if (!Array.isArray(spans)) return E.left('span-malformed')
  for (const span of spans) {
    const reason = spanFault(span)
    if (reason !== undefined) return E.left(reason)
  }
  const surplus = surplusSpans(spans, sizes.spansBytes)
  const kept = spans.length - surplus
  const bytesLater =
    Fields.bytesOf(surplus === 0 ? event : { ...event, spans: spans.slice(0, kept) }) +
    kept * sizes.addedBytesPerSpan
  if (bytesLater > sizes.eventBytes) return E.left('too-large-late')
  return E.right([
    ...EventFields.cuts(event, sizes),
    ...Verdict.unless(end._tag === 'At', 'timestamp', 'patched'),
    ...nameCuts(event),
    ...SpanFields.cuts('contexts.trace', trace),
    ...(surplus === 0 ? [] : [Verdict.cut('spans', 'over-budget', surplus)]),
    ...spanCuts(spans, trace['span_id']),
  ])
}

/** The default of the open-source server; that of Sentry's own service is not known. */
const MAX_SECONDS_PAST = 5 * 24 * 60 * 60

const MAX_SECONDS_FUTURE = 60

const spanFault = (span: unknown): Verdict.DropReason | undefined => {
  if (!Fields.isFields(span)) return 'span-malformed'
  const start = Timestamp.read(span['start_timestamp'])
  const end = Timestamp.read(span['timestamp'])
  if (start._tag === 'Negative' || end._tag === 'Negative') return 'span-negative-timestamp'
  if (start._tag === 'Absent') return 'span-no-start'
  if (end._tag === 'At' && end.seconds < start.seconds) return 'span-end-before-start'
  if (!Fields.isId(span['trace_id'], 32)) return 'span-no-trace-id'
  return Fields.isId(span['span_id'], 16) ? undefined : 'span-no-id'
}

/** Spans beyond the budget, the one that is cut in its middle included. */
const surplusSpans = (spans: ReadonlyArray<unknown>, maxBytes: number): number => {
  let bytes = '[]'.length
  for (const [index, span] of spans.entries()) {
    bytes += Fields.bytesOf(span) + (index === 0 ? 0 : ','.length)
    if (bytes > maxBytes) return spans.length - index
  }
  return 0
}

const nameCuts = (event: Fields.Fields): ReadonlyArray<Verdict.Cut> => {
  const name = event['transaction']
  const info = event['transaction_info']
  return [
    ...Verdict.unless(typeof name === 'string' && name.trim() !== '', 'transaction', 'patched'),
    ...Verdict.unless(
      typeof Fields.field(info, 'source') === 'string',
      'transaction_info.source',
      'patched',
    ),
    ...Verdict.tooLong('transaction_info.original', Fields.field(info, 'original'), 200),
  ]
}

const spanCuts = (
  spans: ReadonlyArray<Fields.Fields>,
  rootId: unknown,
): ReadonlyArray<Verdict.Cut> => {
  const ids = new Set([rootId, ...spans.map((span) => span['span_id'])].map(lowerCase))
  return spans.flatMap((span, index) => {
    const path = `spans.${index}`
    const parentId = span['parent_span_id']
    return [
      ...Verdict.unless(!Fields.isAbsent(span['timestamp']), `${path}.timestamp`, 'patched'),
      ...SpanFields.cuts(path, span),
      ...Verdict.unless(
        !Fields.isId(parentId, 16) || ids.has(lowerCase(parentId)),
        `${path}.parent_span_id`,
        'moved',
      ),
    ]
  })
}

const lowerCase = (id: unknown): string => String(id).toLowerCase()
