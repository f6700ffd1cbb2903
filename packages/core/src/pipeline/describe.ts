/**
 * Describes each span once, when it arrives: its form as a child in a transaction, what it needs as the root of one, and its
 * recorded exceptions. The span itself is not needed any more after this.
 */
import * as ErrorRules from '../errors/ErrorRules.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { normalizeTimes } from '../filter/normalizeTimes.ts'
import { type Redactor, redactor } from '../filter/redact.ts'
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
import * as FittedValue from './FittedValue.ts'
import { filterSpans } from './filterSpans.ts'
import * as NodeMaker from './NodeMaker.ts'
import { describeScanned, type ScannedDescriber } from './describeScanned.ts'

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
  /** `undefined` where whole spans are needed. */
  readonly scanned: ScannedDescriber<A> | undefined
}

// transformations

export const describe = <A>(options: Options<A>): DescribeSpans<A> => describer(options).spans

export const describer = <A>(options: Options<A>): Describer<A> => {
  const { filter = SpanFilter.defaults, payload, limits, errors = ErrorRules.defaults } = options
  const faults = CheckedMapping.start()
  const mapping = CheckedMapping.checkedMapping(options.mapping, faults)
  const maker = NodeMaker.make<A>(mapping, errors)
  // Shared by both paths: a resource is redacted once, and has one event base.
  const redact = redactor(filter.privacy)
  const fit = FittedValue.fitting(payload, limits)
  const value = FittedValue.make(mapping, payload, fit)
  const spans = describeSpans({ filter, redact, faults, maker, value, payload })
  return {
    spans,
    scanned: describeScanned({ mapping, filter, redact, payload, faults, maker, fit, spans }),
  }
}

/** The parts of a describer of spans. */
interface Parts<A> {
  readonly filter: SpanFilter.SpanFilter
  readonly redact: Redactor
  readonly payload: Payload<A>
  readonly faults: CheckedMapping.MappingFaults
  readonly maker: NodeMaker.NodeMaker<A>
  readonly value: FittedValue.FittedValue<A>
}

const describeSpans = <A>({
  filter,
  redact,
  payload,
  faults,
  maker,
  value,
}: Parts<A>): DescribeSpans<A> => {
  const toFiltered = filterSpans(filter, redact)
  const toNodes = describing(payload, maker, value)
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
    const failures = CheckedMapping.take(faults, repairs)
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
