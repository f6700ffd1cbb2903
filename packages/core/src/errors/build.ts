/** The last step of capture: builds the error events, groups them as the user wants, fits them and runs the hook. */
import * as Either from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as O from '#fp-ts/Option'
import type { RecordedException } from '../exception/RecordedException.ts'
import * as Hook from '../filter/Hook.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import * as Losses from '../model/Losses.ts'
import type { Resource } from '../model/Resource.ts'
import { type BreadcrumbsOf, breadcrumbsIn } from '../segment/breadcrumbsIn.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import { spanOf } from '../segment/spanOf.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as Contexts from '../sentry/Contexts.ts'
import * as ErrorEvent from '../sentry/ErrorEvent.ts'
import type * as EventBase from '../sentry/EventBase.ts'
import * as EventForm from '../sentry/eventForm.ts'
import { fitError } from '../sentry/fitError.ts'
import * as Request from '../sentry/Request.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import * as TraceContext from '../sentry/TraceContext.ts'
import * as User from '../sentry/User.ts'
import type { CapturedException } from './classify.ts'
import * as ErrorRules from './ErrorRules.ts'
import type { LoggedException } from './LoggedException.ts'
import type { AdmittedException } from './rateLimit.ts'

// model

export interface BuildOptions<E> {
  readonly fingerprint: ErrorRules.ErrorRules['fingerprint']
  /** The limit of an error event, in bytes of JSON. */
  readonly maxBytes: number
  /** The hook of the user, which may change or drop an error event. */
  readonly hook: Hook.Hook<ErrorEvent.ErrorEvent> | undefined
  /**
   * Makes the result; `from` is the resource of the entry of its segment, which decides its route. `base` is given for an event
   * that is as `ErrorEvent.of` made it, but for its time.
   */
  readonly make: (error: ErrorEvent.ErrorEvent, from: Resource, base?: EventBase.EventBase) => E
}

/** Changes an error that the hook has seen, or drops it. Returns the error itself if nothing changes. */
export type Adjust = (error: ErrorEvent.ErrorEvent) => ErrorEvent.ErrorEvent | undefined

export interface Built<E> {
  readonly errors: ReadonlyArray<E>
  readonly losses: Losses.Losses
  readonly failures: ReadonlyArray<HookFailure.HookFailure>
}

/** The fields of an error event that its segment gives, and the resource that decides its route. */
export interface BuildDetails {
  readonly details: ErrorEvent.ErrorDetails
  readonly from: Resource
}

// constructors

/** In characters. Parsed frames take some times the bytes of their text. */
const MAX_SMALL_STACK = 16_384

export const build = <E>({
  fingerprint,
  maxBytes,
  hook,
  make,
}: BuildOptions<E>): (<S>(
  admitted: ReadonlyArray<AdmittedException<S>>,
  detailsOf: (captured: CapturedException<S>) => BuildDetails,
  adjust?: Adjust,
) => Built<E>) => {
  const toGrouped = grouping(fingerprint)
  const toHooked = hooking(hook, maxBytes)
  const toMade = making(make)
  return (admitted, detailsOf, adjust = (error) => error) => {
    const errors: Array<E> = []
    const counts = {
      before_send_error: 0,
      field: 0,
      hook_failed_error: 0,
      moved: 0,
      old_error: 0,
      trimmed: 0,
    }
    let failures = HookFailure.none
    for (const { captured, chain } of admitted) {
      const { details, from } = detailsOf(captured)
      const error = ErrorEvent.of(captured.exception, chain, details)
      counts.field += chain.cuts ?? 0
      const answer = pipe(
        toGrouped(error),
        Either.map((grouped) => {
          const fitted = isSmall(captured.exception, error) ? grouped : fitError(grouped, maxBytes)
          if (fitted !== grouped) counts.trimmed++
          return fitted
        }),
        Either.chain(toHooked),
      )
      if (Either.isLeft(answer)) {
        counts.hook_failed_error++
        failures = HookFailure.concat(failures, [answer.left])
      } else if (O.isNone(answer.right)) counts.before_send_error++
      else {
        const kept = answer.right.value
        const adjusted = adjust(kept)
        if (adjusted === undefined) {
          counts.old_error++
          continue
        }
        if (adjusted !== kept) counts.moved++
        const made = toMade(adjusted, from, kept === error ? details.base : undefined)
        if (Either.isLeft(made)) {
          counts.hook_failed_error++
          failures = HookFailure.concat(failures, [made.left])
        } else errors.push(made.right)
      }
    }
    return { errors, losses: Losses.ofCounts(counts), failures }
  }
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
    const span = spanOf(read, source)
    const { parentSpanId } = source
    return {
      details: {
        base,
        tags: span.tags,
        contexts: Contexts.of(
          TraceContext.ofEvent(span, { parentSpanId, form: base.form }),
          base.resource,
        ),
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

type Answer<A> = Either.Either<HookFailure.HookFailure, A>

/** Frames of a parser of the user are all that may be no JSON. */
const making =
  <E>(make: BuildOptions<E>['make']) =>
  (...event: Parameters<BuildOptions<E>['make']>): Answer<E> =>
    Either.tryCatch(
      () => make(...event),
      (reason) => HookFailure.threw('parsers', reason),
    )

/** The default groups nothing, and needs no copy of the error. */
const grouping =
  (fingerprint: ErrorRules.ErrorRules['fingerprint']) =>
  (error: ErrorEvent.ErrorEvent): Answer<ErrorEvent.ErrorEvent> =>
    fingerprint === ErrorRules.defaults.fingerprint
      ? Either.right(error)
      : pipe(
          Hook.ask('fingerprint', EventForm.fingerprint, () =>
            O.fromNullable(fingerprint(EventForm.copied(error))),
          ),
          Either.map(
            O.match(
              () => error,
              (group) => ({ ...error, fingerprint: group }),
            ),
          ),
        )

/**
 * The hook gets a copy, in which it may write. It cannot change the id, which is a hash of the input, so that Sentry recognises
 * a repeated event, nor the time.
 */
const hooking =
  (hook: Hook.Hook<ErrorEvent.ErrorEvent> | undefined, maxBytes: number) =>
  (error: ErrorEvent.ErrorEvent): Answer<O.Option<ErrorEvent.ErrorEvent>> =>
    hook === undefined
      ? Either.right(O.some(error))
      : pipe(
          Hook.ask('beforeSendError', EventForm.error, () => hook(EventForm.copied(error))),
          Either.map(
            O.map((after) => {
              const repaired = EventForm.repaired(after, error)
              const { event_id, timestamp } = error
              return fitError({ ...repaired, event_id, timestamp }, maxBytes)
            }),
          ),
        )

// guards

/** Whether an event is certainly within its limit. Most are, and measuring one costs as much as printing it. */
const isSmall = (
  { stack, attributes }: RecordedException,
  { breadcrumbs }: ErrorEvent.ErrorEvent,
): boolean =>
  stack.length < MAX_SMALL_STACK &&
  breadcrumbs === undefined &&
  Object.keys(attributes).length === 0
