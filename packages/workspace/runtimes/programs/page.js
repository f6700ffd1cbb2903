/** A page with OpenTelemetry's SDK for browsers, its instrumentations, and the span processor. The campaign calls these functions. */
import { ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { StackContextManager, WebTracerProvider } from '@opentelemetry/sdk-trace-web'

const STARTED = 'started spans'

/** The names and addresses of the spans of this tab so far. They outlive the page. */
export const started = () => JSON.parse(sessionStorage.getItem(STARTED) ?? '[]')

const ended = []

/** Keeps what the SDK tells every processor. */
const witness = {
  onStart: ({ name, attributes }) => {
    const url = attributes['url.full'] ?? attributes['http.url'] ?? null
    sessionStorage.setItem(STARTED, JSON.stringify([...started(), [name, url]]))
  },
  onEnd: (span) => ended.push(span),
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
}

let provider

/** `contextManager` is that of zone.js, or the one of the SDK if it is left out; `null` for none. */
export const start = (sentry, contextManager = new StackContextManager()) => {
  provider = new WebTracerProvider({ spanProcessors: [witness, sentry] })
  provider.register({ contextManager })
}

const until = async (holds) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
}

const xhr = (url) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.onload = () => resolve(request.responseText)
    request.onerror = reject
    request.send()
  })

/** A span with two requests of the page itself. Resolves when their spans have ended, which is after their answers. */
export const work = async (name, url) => {
  const before = ended.length
  await provider.getTracer('page').startActiveSpan(name, async (span) => {
    const answers = [fetch(url).then((answer) => answer.text()), xhr(url)]
    await Promise.all(answers)
    await until(() => ended.length === before + answers.length)
    span.end()
  })
}

/** A span whose entry stays open: only the end of the page sends it. */
export const leaveOpen = (name) => {
  const tracer = provider.getTracer('page')
  const entry = tracer.startSpan(name)
  tracer.startSpan(`step of ${name}`, {}, trace.setSpan(ROOT_CONTEXT, entry)).end()
}

export const flush = () => provider.forceFlush()
