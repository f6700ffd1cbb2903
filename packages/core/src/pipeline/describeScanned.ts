/**
 * Describes spans that a reader scanned: the same nodes as `describe` makes of the decoded spans, without decoding the attributes
 * that no rule reads. A span that has something unusual is left to `describe`.
 */
import * as KeyPlans from '../bytes/KeyPlans.ts'
import { redactScanned } from '../bytes/redactScanned.ts'
import * as ScannedSpan from '../bytes/ScannedSpan.ts'
import * as SpanWriter from '../bytes/SpanWriter.ts'
import * as Take from '../bytes/takeAttributes.ts'
import { writing } from '../bytes/writeSpan.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import { normalizeTimes } from '../filter/normalizeTimes.ts'
import type { Context, Redactor } from '../filter/redact.ts'
import { isAiScope } from '../filter/redactSpan.ts'
import * as Sampling from '../filter/Sampling.ts'
import type * as SpanFilter from '../filter/SpanFilter.ts'
import { frozen } from '../internal/frozen.ts'
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import * as Data from '../mapping/Data.ts'
import type * as FirstLetters from '../mapping/FirstLetters.ts'
import * as Mapping from '../mapping/Mapping.ts'
import * as PlainHttp from '../mapping/PlainHttp.ts'
import * as Platform from '../mapping/Platform.ts'
import * as SentryName from '../mapping/SentryName.ts'
import * as SpanFunction from '../mapping/SpanFunction.ts'
import * as Losses from '../model/Losses.ts'
import type * as Scope from '../model/Scope.ts'
import type { Span } from '../model/Span.ts'
import * as DroppedSpan from '../segment/DroppedSpan.ts'
import type { Node } from '../segment/Node.ts'
import type { Payload } from '../segment/Payload.ts'
import * as Measurements from '../sentry/Measurements.ts'
import * as SentrySpan from '../sentry/SentrySpan.ts'
import * as Repairs from '../size/Repairs.ts'
import type { Described, DescribeSpans } from './describe.ts'
import type * as FittedValue from './FittedValue.ts'
import type * as NodeMaker from './NodeMaker.ts'

// model

/** One for each pipeline. */
export interface ScannedDescriber<A> {
  /** The plans of attribute keys, for readers. */
  readonly plans: KeyPlans.KeyPlans
  /** The span that a reader fills. */
  readonly scanned: ScannedSpan.ScannedSpan
  readonly start: (nowMillis?: number) => ScannedStep<A>
}

/** Describes the spans of one step. */
export interface ScannedStep<A> {
  /** Describes the scanned span. False for one that must be added as a whole. */
  readonly add: () => boolean
  readonly addWhole: (span: Span) => void
  readonly finish: () => Described<A>
}

export interface Options<A> {
  /** Checked. */
  readonly mapping: Mapping.Mapping
  readonly filter: SpanFilter.SpanFilter
  /** That of the filter's privacy. */
  readonly redact: Redactor
  readonly payload: Payload<A>
  readonly faults: CheckedMapping.MappingFaults
  readonly maker: NodeMaker.NodeMaker<A>
  readonly fit: ReturnType<typeof FittedValue.fitting<A>>
  /** Describes spans that are kept, but not redacted. */
  readonly ofWhole: DescribeSpans<A>
}

const BUFFER_BYTES = 256 * 1024

// transformations

/** `undefined` if the mapping needs whole spans, or payloads are not bytes. */
export const describeScanned = <A>(options: Options<A>): ScannedDescriber<A> | undefined => {
  const { filter, mapping, payload, redact } = options
  const { ofWritten } = payload
  if (ofWritten === undefined || mapping.data !== Data.of) return undefined
  const plans = KeyPlans.make({ privacy: filter.privacy, reads: readsOf(mapping) })
  const keys = Take.marks()
  const scanned = ScannedSpan.make()
  const parts: Parts<A> = {
    scanned,
    keys,
    redact,
    isKept: filter.sampleRate < 1 ? Sampling.isKept(filter.sampleRate) : undefined,
    isAi: onceForEach(isAiScope),
    printTags: Mapping.tagsPrinterOf(mapping),
    toTagParts: Mapping.tagPartsOf(mapping),
    write: writing({ writer: SpanWriter.make(BUFFER_BYTES), plans, keys, redact }),
    ofWritten,
  }
  return { plans, scanned, start: (nowMillis = 0) => step(options, parts, nowMillis) }
}

/** The parts that the steps of a pipeline share. */
interface Parts<A> {
  readonly scanned: ScannedSpan.ScannedSpan
  readonly keys: Take.KeyMarks
  readonly redact: Redactor
  /** `undefined` if all traces are kept. */
  readonly isKept: ((span: Pick<Span, 'traceId' | 'traceState'>) => boolean) | undefined
  readonly isAi: (scope: Scope.Scope) => boolean
  readonly printTags: ((span: Span, letters?: FirstLetters.FirstLetters) => string) | undefined
  readonly toTagParts: ReturnType<typeof Mapping.tagPartsOf>
  readonly write: ReturnType<typeof writing>
  readonly ofWritten: NonNullable<Payload<A>['ofWritten']>
}

/** All keys that are read while a span is described. */
const readsOf = ({
  description,
  name,
  op,
  spanEnvironment,
  spanTags,
  status,
}: Mapping.Mapping): ReadonlyArray<string> | undefined =>
  SpanFunction.readsOf([
    ...[description, name, op, status, SentryName.of, PlainHttp.of],
    ...[spanEnvironment, spanTags].filter((f) => f !== undefined),
    ...Platform.KEYS,
    'sentry.origin',
  ])

const step = <A>(options: Options<A>, parts: Parts<A>, nowMillis: number): ScannedStep<A> => {
  const { faults, maker, ofWhole } = options
  const { isAi, isKept, keys, redact, scanned } = parts
  const repairs = Repairs.start()
  const ids = maker.start(undefined)
  const nodes: Array<Node<A>> = []
  const dropped: Array<DroppedSpan.DroppedSpan> = []
  const others: Array<Described<A>> = []
  const toNode = describing(options, parts, repairs)
  let sampled = 0
  return {
    add: () => {
      const { fields } = scanned
      if (isKept !== undefined && !isKept(fields)) {
        Take.decodeAll(scanned.attributes)
        sampled++
        return true
      }
      if (isAi(fields.scope)) return false
      const context = fields.kind === 'SERVER' ? OF_SERVER : OF_OTHERS
      const attributes = Take.takeAttributes(scanned.attributes, redact, context, keys)
      if (attributes === undefined) return false
      const given = redactScanned(fields, attributes, redact, context)
      const span = normalizeTimes(given, nowMillis)
      const node = toNode(span, context, ids)
      if (node === undefined) return false
      if (span !== given || span.endMicros < span.startMicros) repairs.time++
      if (faults.spans > 0) dropped.push(DroppedSpan.ofFailed(span))
      else nodes.push(node)
      faults.spans = 0
      return true
    },
    addWhole: (span) => {
      if (isKept !== undefined && !isKept(span)) {
        sampled++
        return
      }
      const one = ofWhole([span], nowMillis)
      nodes.push(...one.nodes)
      dropped.push(...one.dropped)
      others.push(one)
    },
    finish: () => {
      const failures = CheckedMapping.take(faults, repairs)
      const losses = [Losses.of('sampled', sampled), Repairs.losses(repairs)]
      return {
        nodes,
        dropped,
        losses: Losses.concatAll([...losses, ...others.map((one) => one.losses)]),
        failures: others.reduce((all, one) => HookFailure.concat(all, one.failures), failures),
      }
    },
  }
}

/** `undefined`, before anything is counted, for a span that cannot be printed so. */
const describing = <A>(
  { fit, maker, mapping, payload }: Options<A>,
  { keys, ofWritten, printTags, scanned, toTagParts, write }: Parts<A>,
  repairs: Repairs.Repairs,
): ((span: Span, context: Context, ids: NodeMaker.SharedIds) => Node<A> | undefined) => {
  const { attributes } = scanned
  return (span, context, ids) => {
    const { letters } = keys
    const tags = toTagParts?.(span) ?? printTags?.(span, letters)
    // Lone surrogates of a text are repaired after printing.
    if (typeof tags === 'string' && tags.includes('\\ud')) return undefined
    const base = maker.baseOf(span, letters, repairs)
    const mapped = SentrySpan.mappedFields(mapping, span, letters, repairs)
    const measurements = span.events.length === 0 ? undefined : Measurements.ofSpan(span, repairs)
    const name = SentryName.of(span, letters)
    const written = write({ span, mapped, attributes, context, name, tags, measurements })
    const isFixed = span.parentSpanId === undefined || span.links.length > 0
    const printed = ofWritten(written, isFixed)
    const value = fit(printed, () => payload.read(printed), repairs)
    const bytes = payload.bytes(value)
    return maker.nodeOf({ span, letters, base, mapped, value, bytes }, ids, repairs)
  }
}

const OF_SERVER: Context = /* @__PURE__ */ frozen({ isServer: true, isAi: false })

const OF_OTHERS: Context = /* @__PURE__ */ frozen({ isServer: false, isAi: false })

const onceForEach = (of: (scope: Scope.Scope) => boolean): ((scope: Scope.Scope) => boolean) => {
  // The spans of one scope follow each other.
  let last: Scope.Scope | undefined
  let answer = false
  return (scope) => {
    if (scope === last) return answer
    last = scope
    answer = of(scope)
    return answer
  }
}
