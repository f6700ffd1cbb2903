/** The programs of the comparison: each shows one thing that programs do. */
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import * as shopAttributes from '../shopAttributes.ts'
import { below, type Recorder } from './SpanScript.ts'

// model

export interface ComparedProgram {
  readonly name: string
  readonly title: string
  readonly program: (recorder: Recorder) => void
  /** Different errors that are thrown. */
  readonly errors: number
  /** How the CPU is measured; a scenario that is only counted has none. */
  readonly measured?: {
    /** `young`: each round has an exporter that has sent a few traces. `old`: one has sent more than 10,000 spans before. */
    readonly exporter: 'young' | 'old'
    readonly program: (recorder: Recorder) => void
  }
}

/** The pause between traces, in which both exporters send the spans that are ready. */
const PAUSE_MILLIS = 3

/** After the end of the entry span. */
const LATE_MILLIS = 20

// constructors

const times = (count: number, act: (nth: number) => void): void => {
  for (let nth = 0; nth < count; nth++) act(nth)
}

const entry = ({ tracer }: Recorder, nth: number, parent = ROOT_CONTEXT): Span =>
  tracer.startSpan(
    'GET /orders/:id',
    { kind: SpanKind.SERVER, attributes: shopAttributes.server(nth) },
    parent,
  )

const query = ({ tracer }: Recorder, parent: Span, nth: number): Span =>
  tracer.startSpan(
    'SELECT orders',
    { kind: SpanKind.CLIENT, attributes: shopAttributes.statement('orders', nth) },
    below(parent),
  )

const step = ({ tracer }: Recorder, parent: Span, name = 'step'): Span =>
  tracer.startSpan(name, { attributes: { 'code.function.name': name } }, below(parent))

/** Two levels below the entry; every tenth span has the nine after it as children. */
const children = (recorder: Recorder, root: Span, count: number): void => {
  for (let made = 0; made < count; ) {
    const parent = step(recorder, root)
    made++
    for (let i = 0; i < 9 && made < count; i++) {
      query(recorder, parent, made++).end()
    }
    parent.end()
  }
}

const traces =
  (count: number, spans: number) =>
  (recorder: Recorder): void =>
    times(count, (nth) => {
      const root = entry(recorder, nth)
      children(recorder, root, spans - 1)
      root.end()
      recorder.pass(PAUSE_MILLIS)
    })

const lateChildren =
  (count: number) =>
  (recorder: Recorder): void => {
    const open: Array<Span> = []
    times(count, (nth) => {
      const root = entry(recorder, nth)
      children(recorder, root, 14)
      times(5, (late) => open.push(query(recorder, root, late)))
      root.end()
      recorder.pass(PAUSE_MILLIS)
    })
    recorder.pass(LATE_MILLIS)
    for (const [nth, span] of open.entries()) {
      span.end()
      if (nth % 50 === 0) recorder.pass(PAUSE_MILLIS)
    }
  }

/** Other spans than the list of sent spans of `@sentry/opentelemetry` has room for come between. */
const veryLateChildren = (recorder: Recorder): void => {
  const open: Array<Span> = []
  times(20, (nth) => {
    const root = entry(recorder, nth)
    open.push(query(recorder, root, nth))
    root.end()
    recorder.pass(PAUSE_MILLIS)
  })
  traces(120, 100)(recorder)
  for (const span of open) span.end()
  recorder.pass(LATE_MILLIS)
}

/** A span between the entry and its children is never ended. */
const missingParent = (recorder: Recorder): void =>
  times(50, (nth) => {
    const root = entry(recorder, nth)
    children(recorder, root, 13)
    const forgotten = step(recorder, root, 'forgotten')
    times(5, (i) => query(recorder, forgotten, i).end())
    root.end()
    recorder.pass(PAUSE_MILLIS)
  })

/** A client in another process calls this one four times in each trace. */
const localRoots = (recorder: Recorder): void =>
  times(50, (nth) => {
    const caller = recorder.tracer.startSpan('outside', { kind: SpanKind.CLIENT }, ROOT_CONTEXT)
    const remote = trace.setSpanContext(ROOT_CONTEXT, { ...caller.spanContext(), isRemote: true })
    times(4, (call) => {
      const root = entry(recorder, nth * 4 + call, remote)
      children(recorder, root, 4)
      root.end()
    })
    recorder.pass(PAUSE_MILLIS)
  })

const PLACES: ReadonlyArray<(message: string) => Error> = [
  (message) => new TypeError(message),
  (message) => new RangeError(message),
  (message) => new SyntaxError(message),
  (message) => new URIError(message),
  (message) => new EvalError(message),
]

/** One error in each trace: thrown in a query, recorded there and by its caller on the way up. */
const exceptions =
  (count: number) =>
  (recorder: Recorder): void =>
    times(count, (nth) => {
      const root = entry(recorder, nth)
      children(recorder, root, 17)
      const caller = step(recorder, root, 'charge')
      const failing = query(recorder, caller, nth)
      const error = PLACES[nth % PLACES.length]?.(`order ${nth} cannot be charged`)
      for (const span of [failing, caller]) {
        if (error !== undefined) span.recordException(error)
        span.setStatus({ code: SpanStatusCode.ERROR, message: error?.message ?? '' })
        span.end()
      }
      root.end()
      recorder.pass(PAUSE_MILLIS)
    })

/** The traces end in one turn of the event loop, as after a batch of messages. */
const burst = (recorder: Recorder): void =>
  times(200, (nth) => {
    const root = entry(recorder, nth)
    children(recorder, root, 9)
    root.end()
  })

/** Each step is started below the one before it, as by a loop whose timers keep the context. */
const chain = (recorder: Recorder): void => {
  const root = entry(recorder, 0)
  const spans = [root]
  times(6_000, () => spans.push(step(recorder, spans.at(-1) ?? root)))
  for (const span of spans.reverse()) span.end()
  recorder.pass(LATE_MILLIS)
}

export const scenarios: ReadonlyArray<ComparedProgram> = [
  {
    name: 'normal',
    title: 'traces of 100 spans',
    errors: 0,
    program: traces(100, 100),
    measured: { exporter: 'young', program: traces(90, 100) },
  },
  {
    name: 'long-lived',
    title: 'the same in a process that has sent 10,000 spans',
    errors: 0,
    program: traces(150, 100),
    measured: { exporter: 'old', program: traces(100, 100) },
  },
  {
    name: 'large',
    title: 'a trace of 3,000 spans',
    errors: 0,
    program: traces(1, 3_000),
    measured: { exporter: 'young', program: traces(3, 3_000) },
  },
  {
    name: 'exceptions',
    title: 'traces of 20 spans, with one thrown error each',
    errors: 50,
    program: exceptions(50),
    measured: { exporter: 'young', program: exceptions(250) },
  },
  {
    name: 'late',
    title: 'traces of 20 spans, five of which end after the entry',
    errors: 0,
    program: lateChildren(50),
    measured: { exporter: 'young', program: lateChildren(250) },
  },
  {
    name: 'very-late',
    title: 'children that end 12,000 other spans after their entry',
    errors: 0,
    program: veryLateChildren,
  },
  {
    name: 'missing-parent',
    title: 'children whose parent never ends',
    errors: 0,
    program: missingParent,
  },
  {
    name: 'local-roots',
    title: 'four entries with a remote parent in each trace',
    errors: 0,
    program: localRoots,
  },
  {
    name: 'burst',
    title: '200 traces that end in one turn of the event loop',
    errors: 0,
    program: burst,
  },
  {
    name: 'chain',
    title: 'a chain of 6,000 spans',
    errors: 0,
    program: chain,
  },
]

/** The few traces that a young exporter has sent. */
export const few: ComparedProgram['program'] = traces(5, 100)

export const find = (name: string | undefined): ComparedProgram | undefined =>
  scenarios.find((scenario) => scenario.name === name)
