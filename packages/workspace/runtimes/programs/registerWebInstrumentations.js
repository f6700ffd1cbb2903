/** Wraps `fetch` and `XMLHttpRequest` of a page when it is loaded. */
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch'
import { XMLHttpRequestInstrumentation } from '@opentelemetry/instrumentation-xml-http-request'

/** Requests to every origin carry the trace, those to Sentry too if they were instrumented. */
const propagateTraceHeaderCorsUrls = [/.*/]

registerInstrumentations({
  instrumentations: [
    new FetchInstrumentation({ propagateTraceHeaderCorsUrls }),
    new XMLHttpRequestInstrumentation({ propagateTraceHeaderCorsUrls }),
  ],
})
