/**
 * Which spans are accepted, and which parts of them: sampling, a hook, and redaction.
 *
 * @example
 * ```ts
 * import { SpanFilter } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const filter: SpanFilter.SpanFilter = { ...SpanFilter.defaults, span: SpanFilter.dropStandalone }
 * console.log(filter.span?.(span({ kind: 'CLIENT' }))._tag) // None
 * ```
 */

import { frozen } from '../internal/frozen.ts'
import type { Span } from '../model/Span.ts'
import * as Hook from './Hook.ts'
import * as Sensitive from './Sensitive.ts'

// model

export interface SpanFilter {
  /**
   * Runs on arrival, before anything is derived from a span. It cannot change ids. The children of a dropped span get its
   * parent; with an entry span its whole segment is dropped.
   */
  readonly span: Hook.Hook<Span> | undefined
  /** Redaction of each span, after its hook. */
  readonly privacy: Sensitive.Privacy
  /** The part of all traces that is kept, from 0 to 1. */
  readonly sampleRate: number
}

// constructors

/** All spans, with the default rules of privacy. */
export const defaults: SpanFilter = /* @__PURE__ */ frozen({
  span: undefined,
  privacy: Sensitive.defaults,
  sampleRate: 1,
})

/**
 * Drops CLIENT and PRODUCER spans without a parent, and with them their segments: health checks, polling, the start of a
 * process. Failed ones are kept.
 */
export const dropStandalone: Hook.Hook<Span> = Hook.dropIf(
  (span) =>
    span.parentSpanId === undefined &&
    (span.kind === 'CLIENT' || span.kind === 'PRODUCER') &&
    span.status.code !== 'ERROR',
)
