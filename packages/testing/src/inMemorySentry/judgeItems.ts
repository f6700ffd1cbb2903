/**
 * The hidden part of Sentry: each item is judged after the request was answered.
 * Source: `relay-server/src/processing`, `relay-event-normalization/src` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as ClientReportItem from './ClientReportItem.ts'
import * as ErrorItem from './ErrorItem.ts'
import * as Fields from './Fields.ts'
import type { Frame, FramedItem } from './Frame.ts'
import type * as ItemContainer from './ItemContainer.ts'
import * as LogContainer from './LogContainer.ts'
import * as MetricContainer from './MetricContainer.ts'
import * as Moment from './Moment.ts'
import * as RateLimits from './RateLimits.ts'
import type { Sizes } from './Sizes.ts'
import * as TransactionItem from './TransactionItem.ts'
import * as Verdict from './Verdict.ts'

// model

export interface Circumstance {
  readonly frame: Frame
  readonly nowMillis: number
  readonly sizes: Sizes
  /** Whether an event of this id was kept within the last hour. */
  readonly knows: (eventId: string) => boolean
  /** Limits that hold now. */
  readonly limits: ReadonlyArray<RateLimits.RateLimit>
}

// folds

/** A verdict for each item, in their order. */
export const judgeItems = ({
  frame,
  nowMillis,
  sizes,
  knows,
  limits,
}: Circumstance): ReadonlyArray<Verdict.Verdict> => {
  const moment = Moment.of(nowMillis, frame.header['sent_at'])
  const events = frame.items.filter(({ type }) => isEvent(type)).length
  const containersOf = (type: string): number =>
    frame.items.filter((framed) => framed.type === type).length
  return frame.items.map((framed): Verdict.Verdict => {
    const { type, payload } = framed
    const categories = RateLimits.categoriesOf(type)
    const parsed = Fields.parse(payload)
    const item: Verdict.Named = { type, eventId: eventIdOf(frame, framed, parsed?.value) }
    const dropped = (reason: Verdict.DropReason): Verdict.Verdict => ({
      _tag: 'Dropped',
      item,
      reason,
    })
    if (categories.length === 0) return dropped('ignored-type')
    if (limits.some(RateLimits.covers(categories))) return dropped('rate-limited')
    if (!JUDGED.has(type)) return { _tag: 'Unjudged', item }
    if (isEvent(type) && events > 1) return dropped('duplicate-item')
    const judgeContainer = CONTAINERS.get(type)
    if (judgeContainer !== undefined && containersOf(type) > 1) return dropped('duplicate-item')
    if (parsed === undefined || !Fields.isFields(parsed.value)) return dropped('not-json')
    if (Fields.hasLoneSurrogate(parsed.text)) return dropped('lone-surrogate')
    if (item.eventId !== undefined && knows(item.eventId)) return dropped('known-event-id')
    const judged =
      judgeContainer === undefined
        ? judge(type, parsed.value, moment, sizes)
        : judgeContainer({ framed, container: parsed.value, text: parsed.text }, moment, sizes)
    if (E.isLeft(judged)) return dropped(judged.left)
    const cuts = [...headerCuts(frame, type, parsed.value, moment), ...judged.right]
    return cuts.length === 0 ? { _tag: 'Kept', item } : { _tag: 'Cut', item, cuts }
  })
}

const CONTAINERS: ReadonlyMap<string, ReturnType<typeof ItemContainer.judge>> = new Map([
  ['log', LogContainer.judge],
  ['trace_metric', MetricContainer.judge],
])

/** Of other types only the name is known here. */
const JUDGED: ReadonlySet<string> = new Set([
  ...['client_report', 'event', 'transaction'],
  ...CONTAINERS.keys(),
])

const isEvent = (type: string): boolean => type === 'event' || type === 'transaction'

const judge = (
  type: string,
  value: Fields.Fields,
  moment: Moment.Moment,
  sizes: Sizes,
): E.Either<Verdict.DropReason, ReadonlyArray<Verdict.Cut>> => {
  if (type === 'client_report') return ClientReportItem.judge(value, moment)
  return type === 'transaction'
    ? TransactionItem.judge(value, moment, sizes)
    : ErrorItem.judge(value, moment, sizes)
}

/** The id in the header wins; an event without any gets a new one. */
const eventIdOf = (frame: Frame, { type }: FramedItem, value: unknown): string | undefined => {
  if (!isEvent(type)) return undefined
  const id = frame.header['event_id'] ?? Fields.field(value, 'event_id')
  return Fields.isUuid(id) ? bare(id) : undefined
}

const bare = (uuid: string): string => uuid.replaceAll('-', '').toLowerCase()

/** The changes that the header of an envelope makes in an event. */
const headerCuts = (
  { header }: Frame,
  type: string,
  event: Fields.Fields,
  { shiftSeconds }: Moment.Moment,
): ReadonlyArray<Verdict.Cut> => {
  const shifted =
    shiftSeconds === 0
      ? []
      : [Verdict.cut('timestamp', 'shifted', Math.round(Math.abs(shiftSeconds)))]
  if (!isEvent(type)) return shifted
  const [named, own] = [header['event_id'], event['event_id']]
  const isOverridden =
    Fields.isUuid(named) && !Fields.isAbsent(own) && bare(named) !== bare(String(own))
  return [
    ...shifted,
    ...(isOverridden ? [Verdict.cut('event_id', 'overridden')] : []),
    ...Verdict.unless(Fields.isUuid(named) || Fields.isUuid(own), 'event_id', 'patched'),
    ...Verdict.unless(isTraceHeader(header['trace'], event), 'trace', 'invalid'),
  ]
}

/** A malformed trace header is ignored; one of another trace misleads the sampling. */
const isTraceHeader = (trace: unknown, event: Fields.Fields): boolean => {
  if (Fields.isAbsent(trace)) return true
  if (!Fields.isFields(trace) || Object.values(trace).some((value) => typeof value !== 'string')) {
    return false
  }
  const own = Fields.field(Fields.field(event['contexts'], 'trace'), 'trace_id')
  return (
    Fields.isId(trace['trace_id'], 32) &&
    typeof trace['public_key'] === 'string' &&
    (!Fields.isId(own, 32) || bare(String(own)) === bare(String(trace['trace_id'])))
  )
}
