/** The contexts of an event: where it stands in its trace, and what is known of the process. */
import type { ResourceContexts } from '../mapping/ResourceContexts.ts'
import type { TraceContext } from './TraceContext.ts'

// model

export interface Contexts extends ResourceContexts {
  readonly trace: TraceContext
  readonly replay?: { readonly replay_id: string }
  readonly response?: { readonly status_code: number }
}

// constructors

/** Contexts that have nothing to say are left out. Its own come first, then those that its resource's events share. */
export const of = (trace: TraceContext, resource: ResourceContexts): Contexts => {
  const status = trace.data?.['http.response.status_code'] ?? trace.data?.['http.status_code']
  const replay = trace.data?.['sentry.replay_id']
  return {
    trace,
    ...(typeof replay === 'string' && REPLAY_ID.test(replay)
      ? { replay: { replay_id: replay } }
      : {}),
    ...(isStatus(status) ? { response: { status_code: status } } : {}),
    ...resource,
  }
}

const REPLAY_ID = /^[0-9a-fA-F]{32}$/

/** Anything else than a small whole number is no status of HTTP, and the server's parser refuses the event for some. */
const isStatus = (status: unknown): status is number =>
  typeof status === 'number' && Number.isInteger(status) && status >= 0 && status < 65_536
