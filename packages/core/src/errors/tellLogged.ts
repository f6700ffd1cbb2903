/** Tells the exceptions of log records whose span did not come in time, or that are of no span. */

import type { RecordedException } from '../exception/RecordedException.ts'
import * as Losses from '../model/Losses.ts'
import * as Contexts from '../sentry/Contexts.ts'
import * as ErrorEvent from '../sentry/ErrorEvent.ts'
import * as ErrorRules from './ErrorRules.ts'
import type { LoggedException } from './LoggedException.ts'
import type { Draft } from './publish.ts'

// model

export interface Tidings {
  readonly drafts: ReadonlyArray<Draft>
  readonly losses: Losses.Losses
}

// destructors

/** What one program logged several times in one span is told once. */
export const tellLogged =
  (rules: ErrorRules.ErrorRules) =>
  (logged: ReadonlyArray<LoggedException>): Tidings => {
    const seen = new Set<string>()
    const drafts: Array<Draft> = []
    let copies = 0
    let ignored = 0
    let unwanted = 0
    for (const one of logged) {
      const { traceId, spanId, thrown } = one
      const content = [traceId, spanId, thrown.type, thrown.message, thrown.stack].join('\n')
      if (seen.has(content)) copies++
      else if (ErrorRules.ignores(rules, thrown)) ignored++
      else if (!isWanted(rules, thrown)) unwanted++
      else drafts.push({ thrown, error: errorOf(one), from: one.base.from })
      seen.add(content)
    }
    const losses = Losses.concatAll([
      Losses.of('error_copy', copies),
      Losses.of('error_ignored', ignored),
      Losses.of('log_record', unwanted),
    ])
    return { drafts, losses }
  }

const isWanted = ({ errors }: ErrorRules.ErrorRules, thrown: RecordedException): boolean =>
  errors === 'all' ||
  (errors === 'failed' && (thrown.isFailure || thrown.escaped === true)) ||
  (errors === 'unhandled' && thrown.escaped === true)

const errorOf = ({ traceId, spanId, base, thrown }: LoggedException): ErrorEvent.ErrorEvent =>
  ErrorEvent.of(thrown, {
    base,
    contexts: Contexts.of({ trace_id: traceId, span_id: spanId }, base.resource),
    level: thrown.isFailure ? 'error' : 'warning',
    handled: thrown.escaped === undefined ? undefined : !thrown.escaped,
    transaction: undefined,
    breadcrumbs: [],
  })
