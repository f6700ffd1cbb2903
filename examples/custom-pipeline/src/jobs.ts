/**
 * A pipeline of one's own: the log of a job runner, which knows nothing of OpenTelemetry, becomes Sentry transactions
 * and errors. Of the packages it takes only the core, which transforms, and the envelopes, which are bytes.
 *
 *     lines -> steps -> spans -> transactions, errors -> envelopes
 */
import { assemble } from '@sentry-exporter/core/assemble'
import * as Mapping from '@sentry-exporter/core/Mapping'
import * as Micros from '@sentry-exporter/core/Micros'
import * as Operation from '@sentry-exporter/core/Operation'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Rule from '@sentry-exporter/core/Rule'
import { sdk } from '@sentry-exporter/core/Sdk'
import * as Span from '@sentry-exporter/core/Span'
import * as SpanEvent from '@sentry-exporter/core/SpanEvent'
import * as SpanId from '@sentry-exporter/core/SpanId'
import * as SpanStatus from '@sentry-exporter/core/SpanStatus'
import * as TraceId from '@sentry-exporter/core/TraceId'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import * as E from 'fp-ts/lib/Either.js'

// model

/** One line of the log: a step of a run, which may be part of another step. */
export interface Step {
  readonly run: string
  readonly step: string
  readonly within: string | undefined
  readonly startMillis: number
  readonly seconds: number
  /** Why it failed, if it did. */
  readonly failed: string | undefined
}

export interface Made {
  /** Errors first. Each is a whole envelope. */
  readonly envelopes: ReadonlyArray<Uint8Array>
  readonly problems: ReadonlyArray<LineError>
}

// logic

/** A step as a span. The same line gives the same ids, so that a log that is read twice makes no second event. */
export const toSpan = (step: Step): Span.Span => {
  const start = Micros.fromMillis(step.startMillis)
  const end = Micros.of(start + step.seconds * 1e6)
  return Span.make({
    traceId: TraceId.fromContent(['run', step.run]),
    spanId: SpanId.fromContent([step.run, step.step]),
    parentSpanId:
      step.within === undefined ? undefined : SpanId.fromContent([step.run, step.within]),
    name: step.step,
    startMicros: start,
    endMicros: end,
    status: step.failed === undefined ? SpanStatus.unset : { code: 'ERROR', message: step.failed },
    attributes: { 'job.run': step.run, 'job.step': step.step },
    events: step.failed === undefined ? [] : [failure(step.failed, end)],
    resource,
  })
}

const failure = (message: string, time: Micros.Micros): SpanEvent.SpanEvent =>
  SpanEvent.make({
    name: 'exception',
    timeMicros: time,
    attributes: { 'exception.type': 'StepFailed', 'exception.message': message },
  })

const resource = Resource.of({
  'service.name': 'jobs',
  'service.version': '1.0.0',
  'deployment.environment.name': 'production',
})

/** A rule of our own: what a job does is `job`, where we know that it is one. */
export const jobOperation: Rule.Rule<string> = Rule.of((span) =>
  typeof span.attributes['job.step'] === 'string' ? 'job' : undefined,
)

/** Our rule is asked first; where it does not answer, the others do. */
const mapping: Mapping.Mapping = {
  ...Mapping.sentry,
  op: Rule.firstOf([jobOperation, ...Operation.rules]),
}

const toEvents = assemble({ mapping })

const toEnvelope =
  (type: 'event' | 'transaction') =>
  (event: { readonly event_id: string }): Uint8Array =>
    Envelope.encode({
      header: { event_id: event.event_id, sdk: { name: sdk.name, version: sdk.version } },
      items: [Item.json(type, event)],
    })

// errors

/** Why a line of the log is no step. The others are read all the same. */
export type LineError =
  | { readonly _tag: 'NotJson'; readonly line: number }
  | { readonly _tag: 'BadField'; readonly line: number; readonly field: string }

/** Reads a line; `line` is its number. */
export const decode = (text: string, line: number): E.Either<LineError, Step> => {
  const parsed = E.tryCatch(
    (): unknown => JSON.parse(text),
    (): LineError => ({ _tag: 'NotJson', line }),
  )
  if (E.isLeft(parsed)) return parsed
  const fields = new Map(Object.entries(parsed.right ?? {}))
  const [run, step, within, failed] = ['run', 'step', 'within', 'failed'].map((key) =>
    fields.get(key),
  )
  const [startMillis, seconds] = [
    Date.parse(String(fields.get('startedAt'))),
    fields.get('seconds'),
  ]
  const bad = (field: string): E.Either<LineError, never> =>
    E.left({ _tag: 'BadField', line, field })
  if (typeof run !== 'string') return bad('run')
  if (typeof step !== 'string') return bad('step')
  if (within !== undefined && typeof within !== 'string') return bad('within')
  if (failed !== undefined && typeof failed !== 'string') return bad('failed')
  if (Number.isNaN(startMillis)) return bad('startedAt')
  if (typeof seconds !== 'number') return bad('seconds')
  return E.right({ run, step, within, startMillis, seconds, failed })
}

export const show = (error: LineError): string =>
  error._tag === 'NotJson'
    ? `line ${error.line}: not JSON`
    : `line ${error.line}: ${error.field} is missing or of another type`

// run

/** The whole pipeline, from the text of a log to envelopes. Pure: who calls it reads the log and sends the bytes. */
export const run = (log: string): Made => {
  const lines = log.split('\n').filter((text) => text.trim() !== '')
  const read = lines.map((text, index) => decode(text, index + 1))
  const { errors, transactions } = toEvents(
    read.filter(E.isRight).map(({ right }) => toSpan(right)),
  )
  return {
    envelopes: [...errors.map(toEnvelope('event')), ...transactions.map(toEnvelope('transaction'))],
    problems: read.filter(E.isLeft).map(({ left }) => left),
  }
}
