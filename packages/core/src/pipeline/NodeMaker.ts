/**
 * Makes the node of a span from its printed form: its event base, its details and its traits, which spans share where they are
 * equal.
 */
import type * as ErrorRules from '../errors/ErrorRules.ts'
import * as RecordedException from '../exception/RecordedException.ts'
import type { MappingFaults } from '../mapping/checkedMapping.ts'
import type * as FirstLetters from '../mapping/FirstLetters.ts'
import type * as Mapping from '../mapping/Mapping.ts'
import * as Platform from '../mapping/Platform.ts'
import * as Micros from '../model/Micros.ts'
import type { Resource } from '../model/Resource.ts'
import type { Span } from '../model/Span.ts'
import * as Entry from '../segment/Entry.ts'
import type { Node } from '../segment/Node.ts'
import * as NodeDetails from '../segment/NodeDetails.ts'
import * as Breadcrumb from '../sentry/Breadcrumb.ts'
import * as EventBase from '../sentry/EventBase.ts'
import * as Repairs from '../size/Repairs.ts'
import * as SharedBases from './SharedBases.ts'

// model

/** The parts that the spans of one pipeline share. */
export interface NodeMaker<A> {
  /** Shares the text of ids among the spans of a step, which usually are of one trace. */
  readonly start: (first: Ids | undefined) => SharedIds
  readonly baseOf: (
    span: Span,
    letters: FirstLetters.FirstLetters,
    repairs: Repairs.Repairs,
  ) => EventBase.EventBase
  readonly nodeOf: (
    described: DescribedSpan<A>,
    ids: SharedIds,
    repairs: Repairs.Repairs,
  ) => Node<A>
}

/** A span that was mapped and printed. */
interface DescribedSpan<A> {
  readonly span: Span
  readonly letters: FirstLetters.FirstLetters
  readonly base: EventBase.EventBase
  readonly mapped: RecordedException.FailedSpan
  readonly value: A
  /** The bytes of the value. */
  readonly bytes: number
}

export interface Ids {
  readonly traceId: Span['traceId'] | undefined
  readonly parentSpanId: Span['parentSpanId']
}

/** The ids of the last span. Mutable. */
export type SharedIds = { -readonly [Key in keyof Ids]: Ids[Key] }

/**
 * The bytes that the server adds to each span of a transaction. An assumption: it computes times, ids and a description of its
 * own for each.
 */
export const SERVER_ADDS_BYTES = 512

// constructors

export const make = <A>(
  mapping: Mapping.Mapping,
  rules: Pick<ErrorRules.ErrorRules, 'errorsFromStatus'>,
  faults: Pick<MappingFaults, 'resources'>,
): NodeMaker<A> => {
  const detailsOf = NodeDetails.sharing()
  const traitsOf = sharedTraits()
  return {
    start: (first) => ({ traceId: first?.traceId, parentSpanId: first?.parentSpanId }),
    baseOf: bases(mapping, faults),
    nodeOf: ({ span, letters, base, mapped, value, bytes }, ids, repairs) => {
      if (ids.traceId !== span.traceId) ids.traceId = span.traceId
      if (ids.parentSpanId !== span.parentSpanId) ids.parentSpanId = span.parentSpanId
      const exceptions = exceptionsOf(rules, span, mapped)
      return {
        traceId: ids.traceId,
        spanId: span.spanId,
        parentSpanId: ids.parentSpanId,
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
        weight: bytes + SERVER_ADDS_BYTES,
        value,
      }
    },
  }
}

/** The base of a resource is made once. Equal resources of other requests share it, unless something of it was repaired. */
const bases = (
  mapping: Mapping.Mapping,
  faults: Pick<MappingFaults, 'resources'>,
): ((
  span: Span,
  letters: FirstLetters.FirstLetters,
  repairs: Repairs.Repairs,
) => EventBase.EventBase) => {
  const known = new WeakMap<Resource, EventBase.EventBase>()
  const shared = SharedBases.make()
  const made = (resource: Resource, repairs: Repairs.Repairs): EventBase.EventBase => {
    const before = Repairs.count(repairs) + faults.resources
    const base = EventBase.of(mapping, repairs)(resource)
    // Repairs are counted once for each request.
    if (Repairs.count(repairs) + faults.resources === before) shared.add(base)
    return base
  }
  // Most spans have the resource of the one before.
  let lastResource: Resource | undefined
  let lastBase: EventBase.EventBase | undefined
  const withEnvironment = EventBase.withEnvironments()
  const withPlatform = EventBase.withPlatforms()
  const { spanEnvironment } = mapping
  return (span, letters, repairs) => {
    const { resource } = span
    let base = resource === lastResource ? lastBase : known.get(resource)
    if (base === undefined) {
      base = shared.get(resource) ?? made(resource, repairs)
      known.set(resource, base)
    }
    lastResource = resource
    lastBase = base
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
  mapped: RecordedException.FailedSpan,
): ReadonlyArray<RecordedException.RecordedException> => {
  const recorded = RecordedException.ofSpan(span)
  return errorsFromStatus && recorded.length === 0 && span.status.code === 'ERROR'
    ? [RecordedException.ofStatus(span, mapped)]
    : recorded
}

/** The spans of one resource have few different traits: equal ones are one value. */
const sharedTraits = (): ((span: Span) => Entry.Traits) => {
  const known = new WeakMap<Resource, Array<Entry.Traits>>()
  // Most spans have the resource of the one before.
  let resource: Resource | undefined
  let traits: Array<Entry.Traits> = []
  return (span) => {
    if (span.resource !== resource) {
      resource = span.resource
      traits = known.get(resource) ?? []
      known.set(resource, traits)
    }
    for (const one of traits) if (Entry.isOfSpan(one, span)) return one
    const made = Entry.traitsOf(span)
    traits.push(made)
    return made
  }
}
