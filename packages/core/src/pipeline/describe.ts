/**
 * Describes each span once, when it arrives: its form as a child in a transaction, what it needs as the root of one, and its
 * recorded exceptions. The span itself is not needed any more after this.
 */
import { identity } from '#fp-ts/function'
import * as ScannedSpan from '../bytes/ScannedSpan.ts'
import { scanSpan } from '../bytes/scanSpan.ts'
import * as ErrorRules from '../errors/ErrorRules.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { normalizeTimes } from '../filter/normalizeTimes.ts'
import { redactor } from '../filter/redact.ts'
import { redactSpan } from '../filter/redactSpan.ts'
import * as SpanFilter from '../filter/SpanFilter.ts'
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import * as FirstLetters from '../mapping/FirstLetters.ts'
import type * as Mapping from '../mapping/Mapping.ts'
import type { Limits } from '../model/Limits.ts'
import * as Losses from '../model/Losses.ts'
import type { Span } from '../model/Span.ts'
import * as DroppedSpan from '../segment/DroppedSpan.ts'
import type { Node } from '../segment/Node.ts'
import type { Payload } from '../segment/Payload.ts'
import * as SentrySpan from '../sentry/SentrySpan.ts'
import * as Repairs from '../size/Repairs.ts'
import { describeScanned, type ScannedDescriber, type ScannedStep } from './describeScanned.ts'
import * as FittedValue from './FittedValue.ts'
import { filterSpans } from './filterSpans.ts'
import * as NodeMaker from './NodeMaker.ts'

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

/** Describes spans of any number of traces, in their order. `nowMillis` is zero where there is no clock. */
export type DescribeSpans<A> = (spans: ReadonlyArray<Span>, nowMillis?: number) => Described<A>

/** Law: a span that was scanned is described as the same span that was decoded. */
export interface Describer<A> {
  readonly spans: DescribeSpans<A>
  /** For readers; `undefined` where whole spans are needed. */
  readonly scanned: ScannedDescriber<A> | undefined
}

// transformations

export const describe = <A>(options: Options<A>): DescribeSpans<A> => describer(options).spans

export const describer = <A>(options: Options<A>): Describer<A> => {
  const { filter = SpanFilter.defaults, payload, limits, errors = ErrorRules.defaults } = options
  const faults = CheckedMapping.start()
  const mapping = CheckedMapping.checkedMapping(options.mapping, faults)
  const maker = NodeMaker.make<A>(mapping, errors, faults)
  // Shared by both ways: a resource is redacted once, and has one event base.
  const redact = redactor(filter.privacy)
  const fit = FittedValue.fitting(payload, limits)
  const value = FittedValue.make(mapping, payload, fit)
  const parts = { faults, maker, value, payload }
  const ofSpan = redactSpan(redact)
  const ofWhole = describePrepared(parts, ofSpan)
  const scanned = describeScanned({ mapping, filter, redact, payload, faults, maker, fit, ofWhole })
  if (scanned === undefined) {
    return {
      spans: withFilter(filterSpans(filter, ofSpan), describePrepared(parts, identity)),
      scanned,
    }
  }
  const many = describeRecords(scanned)
  const describeKept: DescribeSpans<A> = (spans, nowMillis) =>
    spans.length < MIN_SPANS ? ofWhole(spans, nowMillis) : many(spans, nowMillis)
  return {
    spans: withFilter(filterSpans(filter, identity), describeKept),
    // A hook gets whole spans.
    scanned: filter.span === undefined ? scanned : undefined,
  }
}

/** Of fewer spans one is probably a root, which is read again at once: that costs more than bytes spare. */
const MIN_SPANS = 4

/** Describes the spans that are kept. */
const withFilter =
  <A>(
    toFiltered: ReturnType<typeof filterSpans>,
    describeKept: DescribeSpans<A>,
  ): DescribeSpans<A> =>
  (spans, nowMillis = 0) => {
    const filtered = toFiltered(spans)
    const { nodes, dropped, losses, failures } = describeKept(filtered.spans, nowMillis)
    return {
      nodes,
      dropped: filtered.dropped.length === 0 ? dropped : [...filtered.dropped, ...dropped],
      losses: Losses.concat(filtered.losses, losses),
      failures: HookFailure.concat(filtered.failures, failures),
    }
  }

/** Prints spans from their records, without making a `SentrySpan` of each. */
const describeRecords =
  <A>(scanned: ScannedDescriber<A>): DescribeSpans<A> =>
  (spans, nowMillis) => {
    const step = scanned.start(nowMillis)
    for (const span of spans) {
      scanned.plans.begin()
      if (!isAdded(span, scanned, step)) step.addWhole(span)
    }
    ScannedSpan.release(scanned.scanned)
    return step.finish()
  }

/** False for a span that must be added as a whole, or that is not one: then it fails there, and is counted. */
const isAdded = <A>(span: Span, scanned: ScannedDescriber<A>, step: ScannedStep<A>): boolean => {
  try {
    return scanSpan(span, scanned) && step.add()
  } catch {
    return false
  }
}

/** The parts of a describer of spans. */
interface Parts<A> {
  readonly payload: Payload<A>
  readonly faults: CheckedMapping.MappingFaults
  readonly maker: NodeMaker.NodeMaker<A>
  readonly value: FittedValue.FittedValue<A>
}

/** `prepare` runs on each span first. */
const describePrepared = <A>(
  { payload, faults, maker, value }: Parts<A>,
  prepare: (span: Span) => Span,
): DescribeSpans<A> => {
  const toNodes = describing(payload, maker, value)
  return (spans, nowMillis = 0) => {
    const repairs = Repairs.start()
    const describeOne = toNodes(repairs, nowMillis, spans[0])
    const toNode = (span: Span): Node<A> => describeOne(prepare(span))
    const nodes: Array<Node<A>> = []
    const dropped: Array<DroppedSpan.DroppedSpan> = []
    let invalid = 0
    for (const span of spans) {
      const node = attempt(toNode, span)
      if (faults.spans > 0) dropped.push(DroppedSpan.ofFailed(span))
      else if (node === undefined) invalid++
      else nodes.push(node)
      faults.spans = 0
    }
    const failures = CheckedMapping.take(faults, repairs)
    const losses = Losses.concat(Repairs.losses(repairs), Losses.of('invalid', invalid))
    return { nodes, dropped, losses, failures }
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

const describing =
  <A>(payload: Payload<A>, maker: NodeMaker.NodeMaker<A>, toValue: FittedValue.FittedValue<A>) =>
  (
    repairs: Repairs.Repairs,
    nowMillis: number,
    first: NodeMaker.Ids | undefined,
  ): ((given: Span) => Node<A>) => {
    const ids = maker.start(first)
    const toSentrySpan = SentrySpan.of(toValue.mapping, repairs)
    return (given) => {
      const span = normalizeTimes(given, nowMillis)
      const letters = FirstLetters.of(span.attributes)
      const base = maker.baseOf(span, letters, repairs)
      if (span !== given || span.endMicros < span.startMicros) repairs.time++
      const sentrySpan = toSentrySpan(span, letters)
      const value = toValue.of(sentrySpan, span, repairs)
      const bytes = payload.bytes(value)
      return maker.nodeOf({ span, letters, base, mapped: sentrySpan, value, bytes }, ids, repairs)
    }
  }
