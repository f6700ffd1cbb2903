/** Tells what was thrown in a segment: as errors, as breadcrumbs, or not at all. */

import type { RecordedException } from '../exception/RecordedException.ts'
import type * as Losses from '../model/Losses.ts'
import type { SpanId } from '../model/SpanId.ts'
import type { Node } from '../segment/Node.ts'
import * as Segment from '../segment/Segment.ts'
import * as SegmentName from '../segment/SegmentName.ts'
import * as SyntheticRoot from '../segment/SyntheticRoot.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as Contexts from '../sentry/Contexts.ts'
import * as ErrorEvent from '../sentry/ErrorEvent.ts'
import * as Request from '../sentry/Request.ts'
import type { SentrySpan } from '../sentry/SentrySpan.ts'
import * as TraceContext from '../sentry/TraceContext.ts'
import * as User from '../sentry/User.ts'
import { type BreadcrumbsOf, breadcrumbsIn } from './breadcrumbsIn.ts'
import type { ErrorRules } from './ErrorRules.ts'
import type { LoggedException } from './LoggedException.ts'
import type { Draft } from './publish.ts'
import type { Mark } from './Told.ts'
import * as Triage from './triage.ts'
import * as UniqueException from './UniqueException.ts'

// model

export interface Tidings<A> {
  /** What becomes an error, in the order of the segment. */
  readonly drafts: ReadonlyArray<Draft>
  /** What becomes none, by the node it is of. */
  readonly breadcrumbs: BreadcrumbsOf<A>
  /** What needs not be told again. */
  readonly marks: ReadonlyArray<Mark>
  readonly losses: Losses.Losses
}

export interface Circumstances {
  /** What log records of the trace hold, told or not. */
  readonly logged: ReadonlyArray<LoggedException>
  /** Whether an exception was told before. */
  readonly wasTold: (mark: Mark) => boolean
  /**
   * Whether the segment still waits. Then only what is an error as things stand is told, without the name of a
   * transaction, since that may come yet.
   */
  readonly isEarly: boolean
}

// destructors

/** `read` reads a finished span back. */
export const tell = <A>(
  rules: ErrorRules,
  read: (span: A) => SentrySpan,
): ((segment: Segment.Segment<A>, circumstances: Circumstances) => Tidings<A>) => {
  const triage = Triage.triage(rules)
  return (segment, { logged, wasTold, isEarly }) => {
    const raised = UniqueException.inSegment(thrownBeside<A>(logged))(segment)
    if (raised.length === 0) return NOTHING
    const { errors, breadcrumbs, marks, losses } = triage(raised, { segment, wasTold, isEarly })
    const crumbs = breadcrumbsOf(breadcrumbs)
    const past = errors.length === 0 ? [] : breadcrumbsIn(segment, crumbs)
    const transaction = isEarly ? undefined : SegmentName.of(segment).name
    const top = Segment.top(segment)
    const whole = errors.length === 0 ? undefined : wholeOf(segment, read)
    const drafts = errors.map((one): Draft => {
      const { node, thrown } = one.innermost
      const { details, value } = node
      const place = read(value)
      const error = ErrorEvent.of(thrown, {
        base: details.base,
        tags: place.tags,
        contexts: Contexts.of(TraceContext.ofEvent(place), details.base.resource),
        level: one.occurrences.some((copy) => copy.thrown.isFailure) ? 'error' : 'warning',
        handled: Triage.isHandled(segment, one),
        transaction,
        request: whole && Request.ofData(whole),
        user: whole && User.ofData(whole),
        breadcrumbs: Breadcrumb.newest(past, thrown.time / 1_000_000),
      })
      return { thrown, error, from: (top ?? node).details.base.from }
    })
    return { drafts, breadcrumbs: crumbs, marks, losses }
  }
}

/** The data of the root, which tells whose request it was. */
const wholeOf = <A>(
  { root }: Segment.Segment<A>,
  read: (span: A) => SentrySpan,
): SentrySpan['data'] | undefined =>
  SyntheticRoot.isSynthetic(root) ? undefined : read(root.value).data

const NOTHING: Tidings<never> = { drafts: [], breadcrumbs: new Map(), marks: [], losses: {} }

/** What a node recorded, and what log records say that were made during its span. */
const thrownBeside = <A>(
  logged: ReadonlyArray<LoggedException>,
): ((node: Node<A>) => ReadonlyArray<RecordedException>) => {
  if (logged.length === 0) return ({ details }) => details.exceptions
  const bySpan = new Map<SpanId, Array<RecordedException>>()
  for (const { spanId, thrown } of logged) {
    const known = bySpan.get(spanId)
    if (known === undefined) bySpan.set(spanId, [thrown])
    else known.push(thrown)
  }
  return ({ spanId, details }) => {
    const records = bySpan.get(spanId)
    return records === undefined
      ? details.exceptions
      : [
          ...details.exceptions,
          ...records.map((record) => ({ ...record, spanName: details.name.name })),
        ]
  }
}

const breadcrumbsOf = <A>(
  raised: ReadonlyArray<UniqueException.UniqueException<A>>,
): BreadcrumbsOf<A> => {
  const made = new Map<Node<A>, Array<Breadcrumb.Breadcrumb>>()
  for (const { innermost } of raised) {
    const breadcrumb = Breadcrumb.ofException(innermost.node.spanId, innermost.thrown)
    const known = made.get(innermost.node)
    if (known === undefined) made.set(innermost.node, [breadcrumb])
    else known.push(breadcrumb)
  }
  return made
}
