/**
 * From spans to envelopes over time: a state machine without a clock. What `Pending` is to nodes, this is to spans: they
 * are described when they come, and become envelopes when their segment is ready.
 */
import { type Described, describe } from '@sentry-exporter/core/describe'
import { finish } from '@sentry-exporter/core/finish'
import type { Limits } from '@sentry-exporter/core/Limits'
import * as Losses from '@sentry-exporter/core/Losses'
import type { Mapping } from '@sentry-exporter/core/Mapping'
import * as Pending from '@sentry-exporter/core/Pending'
import * as Segment from '@sentry-exporter/core/Segment'
import type { Span } from '@sentry-exporter/core/Span'
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import * as FinishedSpan from './FinishedSpan.ts'
import * as Routing from './Routing.ts'
import * as Unsealed from './Unsealed.ts'

// model

export type Input =
  | { readonly _tag: 'Arrived'; readonly nowMillis: number; readonly spans: ReadonlyArray<Span> }
  | { readonly _tag: 'Tick'; readonly nowMillis: number }
  | { readonly _tag: 'Flush'; readonly nowMillis: number }

export type State = Pending.Pending<Described<FinishedSpan.FinishedSpan>>

export interface Step {
  readonly state: State
  /** Errors before transactions: they are sent first. */
  readonly envelopes: ReadonlyArray<Unsealed.Unsealed>
  readonly losses: Losses.Losses
  /** When the next Tick can make a difference; `undefined` for never. */
  readonly wakeAtMillis: number | undefined
}

// constructors

export const empty: State = Pending.empty

// combinators

/** `routes` say which segments go elsewhere than to the main DSN. */
export const step = (
  mapping: Mapping,
  limits: Limits,
  routes: ReadonlyArray<Routing.Route> = [],
): ((state: State, input: Input) => Step) => {
  const toNodes = describe(mapping, limits, FinishedSpan.payload)
  const next = Pending.step<Described<FinishedSpan.FinishedSpan>>(limits, (a, b) =>
    FinishedSpan.payload.compare(a.span, b.span),
  )
  const toEvents = finish(limits, FinishedSpan.payload)
  const route = byRoute(routes)
  return (before, input) => {
    const { nodes, losses } =
      input._tag === 'Arrived' ? toNodes(input.spans) : { nodes: [], losses: Losses.empty }
    const stepped = next(
      before,
      input._tag === 'Arrived' ? { _tag: 'Arrived', nowMillis: input.nowMillis, nodes } : input,
    )
    const routed = route(stepped.ready).map(({ to, segments }) => ({
      events: toEvents(segments),
      addressed: Unsealed.addressed(to),
    }))
    return {
      state: stepped.state,
      envelopes: [
        ...routed.flatMap(({ events, addressed }) =>
          events.errors.map(Unsealed.ofError).map(addressed),
        ),
        ...routed.flatMap(({ events, addressed }) =>
          events.transactions.map(Unsealed.ofTransaction).map(addressed),
        ),
      ],
      losses: Losses.concatAll([
        losses,
        stepped.losses,
        ...routed.map(({ events }) => events.losses),
      ]),
      wakeAtMillis: stepped.wakeAtMillis,
    }
  }
}

type Ready = Segment.Segment<Described<FinishedSpan.FinishedSpan>>

interface Routed {
  readonly to: Dsn | undefined
  readonly segments: ReadonlyArray<Ready>
}

/** Segments by where they go, each in its order: a segment goes where the resource of its entry says. */
const byRoute = (
  routes: ReadonlyArray<Routing.Route>,
): ((segments: ReadonlyArray<Ready>) => ReadonlyArray<Routed>) => {
  if (routes.length === 0) return (segments) => [{ to: undefined, segments }]
  const dsnFor = Routing.dsnFor(routes)
  return (segments) => {
    const routed = new Map<Dsn | undefined, Array<Ready>>()
    for (const segment of segments) {
      const first = Segment.first(segment)
      const to = first === undefined ? undefined : dsnFor(first.value.base.from)
      const known = routed.get(to)
      if (known === undefined) routed.set(to, [segment])
      else known.push(segment)
    }
    return [...routed].map(([to, those]) => ({ to, segments: those }))
  }
}
