/**
 * Describes each span once, when it arrives: its form as a child in a transaction, what it needs as the root of one, and its
 * recorded exceptions. The span itself is not needed any more after this.
 */
import * as ErrorRules from '../errors/ErrorRules.ts'
import * as RecordedException from '../exception/RecordedException.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { normalizeTimes } from '../filter/normalizeTimes.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import * as FirstLetters from '../mapping/FirstLetters.ts'
import * as Mapping from '../mapping/Mapping.ts'
import * as Platform from '../mapping/Platform.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import * as Micros from '../model/Micros.ts'
import type { Resource } from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import * as DroppedSpan from '../segment/DroppedSpan.ts'
import * as Entry from '../segment/Entry.ts'
import type { Node } from '../segment/Node.ts'
import * as NodeDetails from '../segment/NodeDetails.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as EventBase from '../sentry/EventBase.ts'
import { fitSpan } from '../sentry/fitSpan.ts'
import * as SentrySpan from '../sentry/SentrySpan.ts'
import * as Repairs from '../size/Repairs.ts'
import { filterSpans } from './filterSpans.ts'

// model

export interface Options<A> {
  readonly mapping: Mapping.Mapping
  readonly limits: Pick<Limits, 'maxSpanBytes'>
  readonly payload: Payload<A>
  /** `SpanFilter.defaults` if left out. */
  readonly filter?: SpanFilter.SpanFilter | undefined
  /** `ErrorRules.defaults` if left out. */
  readonly errors?: Pick<ErrorRules.ErrorRules, 'errorsFromStatus'> | undefined
}

export interface Described<A> {
  readonly nodes: ReadonlyArray<Node<A>>
  /** The places of spans that a hook dropped, or for which one failed. */
  readonly dropped: ReadonlyArray<DroppedSpan.DroppedSpan>
  readonly losses: Losses.Losses
  /** The failures of hooks and of functions of the mapping. */
  readonly failures: ReadonlyArray<HookFailure.HookFailure>
}

/**
 * The bytes that the server adds to each span of a transaction. An assumption: it computes times, ids and a description of its
 * own for each.
 */
const SERVER_ADDS_BYTES = 512

// transformations

/** Describes spans of any number of traces, in their order. `nowMillis` is zero where there is no clock. */
export const describe = <A>(
  options: Options<A>,
): ((spans: ReadonlyArray<Span>, nowMillis?: number) => Described<A>) => {
  const { filter = SpanFilter.defaults, mapping } = options
  const toFiltered = filterSpans(filter)
  const faults = CheckedMapping.start()
  const toNodes = describing(options, CheckedMapping.checkedMapping(mapping, faults))
  return (spans, nowMillis = 0) => {
    const [repairs, filtered] = [Repairs.start(), toFiltered(spans)]
    const toNode = toNodes(repairs, nowMillis, spans[0])
    const nodes: Array<Node<A>> = []
    const dropped: Array<DroppedSpan.DroppedSpan> = filtered.dropped.slice()
    let invalid = 0
    for (const span of filtered.spans) {
      const node = attempt(toNode, span)
      if (faults.spans > 0) dropped.push(DroppedSpan.ofFailed(span))
      else if (node === undefined) invalid++
      else nodes.push(node)
      faults.spans = 0
    }
    const { failures, resources } = faults
    Object.assign(faults, { failures: HookFailure.none, resources: 0 })
    repairs.field += resources
    return {
      nodes,
      dropped,
      losses: Losses.concatAll([
        filtered.losses,
        Repairs.losses(repairs),
        Losses.of('invalid', invalid),
      ]),
      failures: HookFailure.concat(filtered.failures, failures),
    }
  }
}

/** `undefined` for a span that is not one: a program in JavaScript may make any value. */
const attempt = <A>(toNode: (span: Span) => Node<A>, span: Span): Node<A> | undefined => {
  try {
    return toNode(span)
  } catch {
    return undefined
  }
}

/** The parts that the spans of one pipeline share, then those of one step. */
const describing = <A>(
  { limits, payload, errors: rules = ErrorRules.defaults }: Options<A>,
  mapping: Mapping.Mapping,
): ((
  repairs: Repairs.Repairs,
  nowMillis: number,
  first: Ids | undefined,
) => (given: Span) => Node<A>) => {
  const toValue = fittedValue(mapping, payload, limits)
  const baseOf = bases(mapping)
  const detailsOf = NodeDetails.sharing()
  const traitsOf = sharedTraits()
  return (repairs, nowMillis, first = NO_IDS) => {
    // Spans of one trace, and of one parent, usually arrive together: they share the text of their ids.
    let { traceId, parentSpanId } = first
    const toSentrySpan = SentrySpan.of(toValue.mapping, repairs)
    return (given) => {
      const span = normalizeTimes(given, nowMillis)
      const letters = FirstLetters.of(span.attributes)
      const base = baseOf(span, letters, repairs)
      if (span !== given || span.endMicros < span.startMicros) repairs.time++
      const sentrySpan = toSentrySpan(span, letters)
      const value = toValue.of(sentrySpan, span, repairs)
      if (traceId !== span.traceId) traceId = span.traceId
      if (parentSpanId !== span.parentSpanId) parentSpanId = span.parentSpanId
      const exceptions = exceptionsOf(rules, span, sentrySpan)
      return {
        traceId,
        spanId: span.spanId,
        parentSpanId,
        startMicros: span.startMicros,
        durationMicros:
          span.endMicros > 0 ? Micros.between(span.startMicros, span.endMicros) : undefined,
        traits: traitsOf(span),
        details: detailsOf(
          base,
          mapping.name(span, letters),
          exceptions,
          Breadcrumb.ofSpan(span, repairs),
        ),
        weight: payload.bytes(value) + SERVER_ADDS_BYTES,
        value,
      }
    }
  }
}

/** The ids that the spans of a step share, as far as they are the same. */
interface Ids {
  readonly traceId: Span['traceId'] | undefined
  readonly parentSpanId: Span['parentSpanId']
}

const NO_IDS: Ids = { traceId: undefined, parentSpanId: undefined }

/** Makes the payload of a mapped span. */
interface ToValue<A> {
  /** The mapping of the spans: without tags if the payload prints them itself. */
  readonly mapping: Mapping.Mapping
  readonly of: (sentrySpan: SentrySpan.SentrySpan, span: Span, repairs: Repairs.Repairs) => A
}

/** Prints a span, smaller if it would take more than half of a transaction. */
const fittedValue = <A>(
  mapping: Mapping.Mapping,
  payload: Payload<A>,
  { maxSpanBytes }: Pick<Limits, 'maxSpanBytes'>,
): ToValue<A> => {
  const maxBytes = Math.floor(maxSpanBytes / 2) - SERVER_ADDS_BYTES
  const fitted = (value: A, toSpan: () => SentrySpan.SentrySpan, repairs: Repairs.Repairs): A => {
    if (payload.bytes(value) <= maxBytes) return value
    repairs.trimmed++
    return payload.of(fitSpan(toSpan(), maxBytes))
  }
  const { ofTagged } = payload
  const printTags = ofTagged === undefined ? undefined : Mapping.tagsPrinterOf(mapping)
  if (ofTagged === undefined || printTags === undefined) {
    return {
      mapping,
      of: (sentrySpan, _span, repairs) => fitted(payload.of(sentrySpan), () => sentrySpan, repairs),
    }
  }
  return {
    mapping: { ...mapping, spanTags: undefined },
    of: (sentrySpan, span, repairs) => {
      const value = ofTagged(sentrySpan, printTags(span))
      return fitted(value, () => payload.read(value), repairs)
    },
  }
}

/** The base of a resource is made once, and freed with the resource. */
const bases = (
  mapping: Mapping.Mapping,
): ((
  span: Span,
  letters: FirstLetters.FirstLetters,
  repairs: Repairs.Repairs,
) => EventBase.EventBase) => {
  const known = new WeakMap<Resource, EventBase.EventBase>()
  const withEnvironment = EventBase.withEnvironments()
  const withPlatform = EventBase.withPlatforms()
  const { spanEnvironment } = mapping
  return (span, letters, repairs) => {
    const { resource } = span
    let base = known.get(resource)
    if (base === undefined) {
      base = EventBase.of(mapping, repairs)(resource)
      known.set(resource, base)
    }
    if (base.fields.platform === Platform.UNKNOWN) {
      base = withPlatform(base, Platform.ofSpan(span.attributes, letters))
    }
    const environment = spanEnvironment?.(span, letters)
    return environment === undefined ? base : withEnvironment(base, environment, repairs)
  }
}

const exceptionsOf = (
  { errorsFromStatus }: Pick<ErrorRules.ErrorRules, 'errorsFromStatus'>,
  span: Span,
  sentrySpan: SentrySpan.SentrySpan,
): ReadonlyArray<RecordedException.RecordedException> => {
  const recorded = RecordedException.ofSpan(span)
  return errorsFromStatus && recorded.length === 0 && span.status.code === 'ERROR'
    ? [RecordedException.ofStatus(span, sentrySpan)]
    : recorded
}

/** The spans of one resource have few different traits: equal ones are one value. */
const sharedTraits = (): ((span: Span) => Entry.Traits) => {
  const known = new WeakMap<Resource, Array<Entry.Traits>>()
  return (span) => {
    const traits = Entry.traitsOf(span)
    const others = known.get(span.resource)
    if (others === undefined) {
      known.set(span.resource, [traits])
      return traits
    }
    for (const other of others) if (Entry.sameTraits(other, traits)) return other
    others.push(traits)
    return traits
  }
}
