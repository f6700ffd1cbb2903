/**
 * The contexts of an event: its place in its trace, and its process.
 *
 * @example
 * ```ts
 * import { Contexts, Mapping, SentrySpan, TraceContext } from '@sentry-exporter/core'
 * import { span } from '@sentry-exporter/testing/spans'
 *
 * const root = SentrySpan.of(Mapping.sentry)(span({ attributes: { 'http.status_code': 404 } }))
 * const trace = TraceContext.ofRoot(root, undefined, root.data)
 * console.log(Contexts.of(trace, {}).response) // { status_code: 404 }
 * ```
 */
import type { ResourceContexts } from '../mapping/ResourceContexts.ts'
import type { TraceContext } from './TraceContext.ts'

// model

export interface Contexts extends ResourceContexts {
  readonly trace: TraceContext
  readonly replay?: { readonly replay_id: string }
  readonly response?: { readonly status_code: number }
}

// constructors

const REPLAY_ID = /^[0-9a-fA-F]{32}$/

/** 100 to 599. A browser records 0 for a request without an answer. */
const statusIn = (status: unknown): number | undefined =>
  typeof status === 'number' && Number.isInteger(status) && status >= 100 && status < 600
    ? status
    : undefined

/** Empty contexts are left out. The contexts of the event come first, then those of its resource. */
export const of = (trace: TraceContext, resource: ResourceContexts): Contexts => {
  const status =
    statusIn(trace.data?.['http.response.status_code']) ??
    statusIn(trace.data?.['http.status_code'])
  const replay = trace.data?.['sentry.replay_id']
  // hot: once for each event. Fields are set one after the other, in the order in which they are printed.
  const made: { -readonly [Key in keyof Contexts]: Contexts[Key] } = { trace }
  if (typeof replay === 'string' && REPLAY_ID.test(replay)) made.replay = { replay_id: replay }
  if (status !== undefined) made.response = { status_code: status }
  return Object.assign(made, resource)
}
