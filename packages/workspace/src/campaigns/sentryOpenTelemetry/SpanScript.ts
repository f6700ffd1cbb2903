/**
 * The steps of a program with its spans, in their order: spans that start and end, and time that passes. They are recorded with the
 * OpenTelemetry SDK, and then given to an exporter.
 */
import { type Context, context, type Span, type Tracer, trace } from '@opentelemetry/api'
import {
  BasicTracerProvider,
  type IdGenerator,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
  type Span as StartedSpan,
} from '@opentelemetry/sdk-trace-base'
import type { Random } from '../../Random.ts'

// model

type SpanStep =
  | { readonly _tag: 'Started'; readonly span: StartedSpan; readonly context: Context }
  | { readonly _tag: 'Ended'; readonly span: ReadableSpan }
  | { readonly _tag: 'Passed'; readonly millis: number }

export type SpanScript = ReadonlyArray<SpanStep>

/** The means of a program that is recorded. */
export interface Recorder {
  readonly tracer: Tracer
  /** The next steps happen so much later. */
  readonly pass: (millis: number) => void
}

/** The parts of the other exporter's set-up that see a span when it is made. */
export interface SpanObserver {
  readonly sampler: Sampler
  readonly onStart: SpanProcessor['onStart']
}

// constructors

/** The same ids for the same random numbers. */
export const record = (
  { sampler, onStart }: SpanObserver,
  random: Random,
  program: (recorder: Recorder) => void,
): SpanScript => {
  const steps: Array<SpanStep> = []
  const provider = new BasicTracerProvider({
    sampler,
    idGenerator: idsOf(random),
    spanProcessors: [
      {
        onStart: (span, parent) => {
          onStart(span, parent)
          steps.push({ _tag: 'Started', span, context: parent })
        },
        onEnd: (span) => {
          steps.push({ _tag: 'Ended', span })
        },
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
    ],
  })
  const pass = (millis: number): void => {
    steps.push({ _tag: 'Passed', millis })
  }
  program({ tracer: provider.getTracer('shop', '1.4.0'), pass })
  return steps
}

const idsOf = (random: Random): IdGenerator => {
  const id = (length: number): string =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  return { generateTraceId: () => id(32), generateSpanId: () => id(16) }
}

/** The context in which a child of a span is started. */
export const below = (span: Span): Context => trace.setSpan(context.active(), span)

// folds

/** `trace span` of all spans that have ended. */
export const keysOf = (script: SpanScript): ReadonlyArray<string> =>
  script.flatMap((step) => {
    if (step._tag !== 'Ended') return []
    const { traceId, spanId } = step.span.spanContext()
    return [`${traceId} ${spanId}`]
  })

// running

/** Gives the steps to a processor. Time that passes does so really. */
export const play = async (
  script: SpanScript,
  processor: Pick<SpanProcessor, 'onStart' | 'onEnd'>,
): Promise<void> => {
  for (const step of script) {
    switch (step._tag) {
      case 'Started':
        processor.onStart(step.span, step.context)
        break
      case 'Ended':
        processor.onEnd(step.span)
        break
      case 'Passed':
        await new Promise((resolve) => setTimeout(resolve, step.millis))
    }
  }
}
