/** Which spans come in, and what of them: sampling, a hook, and the rules of privacy. */

import type { Span } from '../model/Span.ts'
import * as Hook from './Hook.ts'
import * as Sensitive from './Sensitive.ts'

// model

export interface SpanFilter {
  /**
   * Runs on arrival, before anything is made of a span. Ids cannot be changed. The children of a dropped span hang on its
   * parent; of a dropped entry the whole segment is dropped.
   */
  readonly span: Hook.Hook<Span> | undefined
  /** What is taken out of each span after its hook. */
  readonly privacy: Sensitive.Privacy
  /** The part of all traces that is kept, from 0 to 1. */
  readonly sampleRate: number
}

// constructors

/** All spans, by the standard rules of privacy. */
export const defaults: SpanFilter = { span: undefined, privacy: Sensitive.defaults, sampleRate: 1 }

/**
 * Drops calls and messages that nobody's request caused, and what hangs on them: health checks, polling, the start of a
 * process. Those that failed are kept.
 */
export const dropStandalone: Hook.Hook<Span> = Hook.dropIf(
  (span) =>
    span.parentSpanId === undefined &&
    (span.kind === 'CLIENT' || span.kind === 'PRODUCER') &&
    span.status.code !== 'ERROR',
)
