/**
 * The finished spans of a processor, until they are handed over in batches. Those whose resource is not known yet wait for it, but not
 * for ever: a detector may never answer.
 */
import { type Clock, withDeadline } from '@sentry-exporter/transport/Clock'
import { suppressed } from '../connection/suppressed.ts'
import type { ReadableSpan, ResourceLike } from '../readable/ReadableSpan.ts'

// model

export interface SpanBuffer {
  readonly add: (span: ReadableSpan) => void
  /** Hands everything over, after the resources are known or their time is over. */
  readonly drain: (timeoutMillis: number) => Promise<void>
  /** Hands everything over at once. */
  readonly release: () => void
}

export interface SpanBufferWiring {
  readonly clock: Pick<Clock, 'setTimer'>
  readonly handOver: (spans: ReadonlyArray<ReadableSpan>) => void
}

/** Spans that end together are handed over together. Milliseconds. */
const DELAY_MILLIS = 50

/** As many spans are handed over at once, as by the SDK's batch processor. */
const MAX_SPANS = 512

/** The time that a resource has to become known. Milliseconds. */
const RESOURCE_MILLIS = 5_000

/** Spans that wait for their resource. */
const MAX_HELD = 8_192

// running

export const make = ({ clock, handOver }: SpanBufferWiring): SpanBuffer => {
  let spans: Array<ReadableSpan> = []
  let held: Array<ReadableSpan> = []
  let cancelTimer: (() => void) | undefined
  const underWay = new Set<Promise<unknown>>()
  /** Resources that are waited for, or were waited for long enough. */
  const seen = new WeakSet<ResourceLike>()

  const give = (given: ReadonlyArray<ReadableSpan>): void => {
    for (let at = 0; at < given.length; at += MAX_SPANS) handOver(given.slice(at, at + MAX_SPANS))
  }
  const releaseHeld = (): void => {
    const given = held
    held = []
    give(given)
  }
  const waitFor = (resource: ResourceLike): void => {
    if (seen.has(resource)) return
    seen.add(resource)
    const waiting = new Promise<void>((resolve) => {
      // The process may end meanwhile: a timer that keeps it alive would hold it up.
      const cancel = clock.setTimer(RESOURCE_MILLIS, resolve)
      const settle = (): void => {
        cancel()
        resolve()
      }
      // A resource of another package may throw, or reject.
      Promise.resolve()
        .then(() => resource.waitForAsyncAttributes?.())
        .then(settle, settle)
    }).then(() => {
      underWay.delete(waiting)
      if (underWay.size === 0) releaseHeld()
    })
    underWay.add(waiting)
  }
  const handOverAll = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
    const given = spans
    spans = []
    if (underWay.size === 0) give(given)
    else held.push(...given)
    if (held.length > MAX_HELD) releaseHeld()
  }
  return {
    add: (span) => {
      spans.push(span)
      // Not around the whole: some context managers take as long as everything else that is done here.
      if (span.resource?.asyncAttributesPending === true) suppressed(() => waitFor(span.resource))
      if (spans.length >= MAX_SPANS) suppressed(handOverAll)
      else cancelTimer ??= clock.setTimer(DELAY_MILLIS, handOverAll)
    },
    drain: async (timeoutMillis) => {
      handOverAll()
      if (underWay.size === 0) return
      await withDeadline(clock, timeoutMillis)(Promise.all(underWay))
      releaseHeld()
    },
    release: () => {
      handOverAll()
      releaseHeld()
    },
  }
}
