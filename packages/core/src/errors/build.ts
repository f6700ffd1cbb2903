/** The last step of capture: builds the error events, groups them as the user wants, fits them and runs the hook. */
import * as O from '#fp-ts/Option'
import type { RecordedException } from '../exception/RecordedException.ts'
import * as Hook from '../filter/Hook.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import { type BreadcrumbsOf, breadcrumbsIn } from '../segment/breadcrumbsIn.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as Contexts from '../sentry/Contexts.ts'
import * as ErrorEvent from '../sentry/ErrorEvent.ts'
import { fitError } from '../sentry/fitError.ts'
import * as Request from '../sentry/Request.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import * as TraceContext from '../sentry/TraceContext.ts'
import * as User from '../sentry/User.ts'
import type { CapturedException } from './classify.ts'
import type { ErrorRules } from './ErrorRules.ts'
import type { LoggedException } from './LoggedException.ts'
import type { AdmittedException } from './rateLimit.ts'

// model

export interface BuildOptions<E> {
  readonly fingerprint: ErrorRules['fingerprint']
  /** The limit of an error event, in bytes of JSON. */
  readonly maxBytes: number
  /** The hook of the user, which may change or drop an error event. */
  readonly hook: Hook.Hook<ErrorEvent.ErrorEvent> | undefined
  /** Makes the result; `from` is the resource of the entry of its segment, which decides its route. */
  readonly make: (error: ErrorEvent.ErrorEvent, from: Resource) => E
}

/** Changes an error that the hook has seen, or drops it. Returns the error itself if nothing changes. */
export type Adjust = (error: ErrorEvent.ErrorEvent) => ErrorEvent.ErrorEvent | undefined

export interface Built<E> {
  readonly errors: ReadonlyArray<E>
  readonly losses: Losses.Losses
}

/** The fields of an error event that its segment gives, and the resource that decides its route. */
export interface BuildDetails {
  readonly details: ErrorEvent.ErrorDetails
  readonly from: Resource
}

// constructors

/** In characters. Parsed frames take some times the bytes of their text. */
const MAX_SMALL_STACK = 16_384

export const build =
  <E>({ fingerprint, maxBytes, hook, make }: BuildOptions<E>) =>
  <S>(
    admitted: ReadonlyArray<AdmittedException<S>>,
    detailsOf: (captured: CapturedException<S>) => BuildDetails,
    adjust: Adjust | undefined = undefined,
  ): Built<E> => {
    const errors: Array<E> = []
    let [before_send_error, moved, old_error, trimmed] = [0, 0, 0, 0]
    for (const { captured, chain } of admitted) {
      const { details, from } = detailsOf(captured)
      const error = ErrorEvent.of(captured.exception, chain, details)
      const group = fingerprint(error)
      const grouped = group === undefined ? error : { ...error, fingerprint: group }
      const fitted = isSmall(captured.exception, error) ? grouped : fitError(grouped, maxBytes)
      if (fitted !== grouped) trimmed++
      const kept = hook === undefined ? fitted : runHook(hook, fitted)
      if (kept === undefined) {
        before_send_error++
        continue
      }
      const adjusted = adjust === undefined ? kept : adjust(kept)
      if (adjusted === undefined) old_error++
      else {
        if (adjusted !== kept) moved++
        errors.push(make(adjusted, from))
      }
    }
    return { errors, losses: Losses.ofCounts({ before_send_error, moved, old_error, trimmed }) }
  }

/** The details of the errors of a segment. `read` reads a finished span back. A pending segment has no name yet. */
export const segmentDetails = <A>(
  segment: Segment.Segment<A>,
  exceptions: BreadcrumbsOf<A>,
  read: (value: A) => SentrySpan,
  isPending: boolean,
): ((captured: CapturedException<Node<A>>) => BuildDetails) => {
  const { root } = segment
  const breadcrumbs = breadcrumbsIn(segment, exceptions)
  const transaction = isPending ? undefined : SegmentName.of(segment).name
  const top = Segment.routingNode(segment)
  const data = SyntheticRoot.isSynthetic(root) ? undefined : read(root.value).data
  const request = data && Request.ofData(data)
  const user = data && User.ofData(data)
  return ({ source, exception, level }) => {
    const { base } = source.details
    const span = read(source.value)
    return {
      details: {
        base,
        tags: span.tags,
        contexts: Contexts.of(TraceContext.ofEvent(span), base.resource),
        level,
        transaction,
        request,
        user,
        breadcrumbs: Breadcrumb.newest(breadcrumbs, exception.timeMicros / 1_000_000),
      },
      from: (top ?? source).details.base.from,
    }
  }
}

/** The details of the error of a log record without a segment. */
export const loggedDetails = ({
  source: { traceId, spanId, base },
  level,
}: CapturedException<LoggedException>): BuildDetails => ({
  details: {
    base,
    contexts: Contexts.of({ trace_id: traceId, span_id: spanId }, base.resource),
    level,
    transaction: undefined,
    breadcrumbs: [],
  },
  from: base.from,
})

// transformations

/** The hook cannot change the id: it is a hash of the input, so that Sentry recognises a repeated event. */
const runHook = (
  hook: Hook.Hook<ErrorEvent.ErrorEvent>,
  error: ErrorEvent.ErrorEvent,
): ErrorEvent.ErrorEvent | undefined => {
  const kept = Hook.run(() => hook(error))
  return O.isSome(kept) ? { ...kept.value, event_id: error.event_id } : undefined
}

// guards

/** Whether an event is certainly within its limit. Most are, and measuring one costs as much as printing it. */
const isSmall = (
  { stack, attributes }: RecordedException,
  { breadcrumbs }: ErrorEvent.ErrorEvent,
): boolean =>
  stack.length < MAX_SMALL_STACK &&
  breadcrumbs === undefined &&
  Object.keys(attributes).length === 0
