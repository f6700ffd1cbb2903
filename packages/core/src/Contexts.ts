/** The contexts of an event: where it stands in its trace, and what is known of the process. */
import type { JsonObject } from './Json.ts'
import type { TraceContext } from './TraceContext.ts'

// model

export interface Contexts {
  readonly trace: TraceContext
  readonly otel?: { readonly resource: JsonObject }
  readonly response?: { readonly status_code: number }
}

// constructors

/** Contexts that have nothing to say are left out. */
export const of = (trace: TraceContext, resource: JsonObject): Contexts => {
  const status = trace.data?.['http.response.status_code'] ?? trace.data?.['http.status_code']
  return {
    trace,
    ...(Object.keys(resource).length === 0 ? {} : { otel: { resource } }),
    ...(typeof status === 'number' ? { response: { status_code: status } } : {}),
  }
}
