import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { describe, Pending } from '@sentry-exporter/core/pipeline'
import type { Span } from '@sentry-exporter/core/Span'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { deepFreeze } from '@sentry-exporter/workspace/deepFreeze'
import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as FinishedSpan from '../src/FinishedSpan.ts'
import * as _ from '../src/SpanMemory.ts'

const SIZES: _.MemorySizes = { bufferBytes: 16 * 1024, slackBytes: 32 * 1024 }

const NEVER_MOVED: _.MemorySizes = {
  bufferBytes: SIZES.bufferBytes,
  slackBytes: Number.POSITIVE_INFINITY,
}

type State = Pending.Pending<FinishedSpan.FinishedSpan>

type Segments = Pending.PendingStep<FinishedSpan.FinishedSpan>['ready']

/** The waiting values of a state, found without knowing its form. */
const valuesIn = (state: unknown): ReadonlySet<FinishedSpan.FinishedSpan> => {
  const found = new Set<FinishedSpan.FinishedSpan>()
  const visited = new Set<unknown>()
  const stack: Array<unknown> = [state]
  while (stack.length > 0) {
    const one = stack.pop()
    if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one)) continue
    if (visited.has(one)) continue
    visited.add(one)
    // The only values with a buffer.
    if ('buffer' in one) found.add(one as FinishedSpan.FinishedSpan)
    else for (const child of Object.values(one)) stack.push(child)
  }
  return found
}

/** The bytes of the buffers that are reachable from a state, and those of its spans. */
const memoryOf = ({ traces }: State): { readonly retained: number; readonly waiting: number } => {
  const values = [...valuesIn(traces)]
  const buffers = new Set(values.map(({ buffer }) => buffer.buffer))
  return {
    retained: [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0),
    waiting: values.reduce((sum, value) => sum + Utf8.lengthOf(value), 0),
  }
}

/** A number of spans of one trace, and the bytes of a name. */
interface Batch {
  readonly trace: number
  readonly kind: 'copies' | 'entries' | 'orphans' | 'whole'
  readonly count: number
  readonly nameBytes: number
}

const batches: fc.Arbitrary<ReadonlyArray<ReadonlyArray<Batch>>> = fc.array(
  fc.array(
    fc.record({
      trace: fc.integer({ min: 1, max: 6 }),
      kind: fc.constantFrom('copies', 'entries', 'orphans', 'whole', 'whole', 'whole'),
      count: fc.constantFrom(1, 2, 3, 70),
      nameBytes: fc.constantFrom(1, 100, 1_000),
    }),
    { maxLength: 8 },
  ),
  { minLength: 8, maxLength: 30 },
)

const MISSING = spanId(999_999)

/** Whole segments and entries leave at once; orphans, and their copies, wait. */
const spansOf = (batch: Batch, step: number): ReadonlyArray<Span> =>
  Array.from({ length: batch.count }, (_one, n) => {
    const { kind, nameBytes } = batch
    return span({
      spanId: spanId(kind === 'copies' ? n + 1 : step * 1_000 + n + 1),
      name: `${kind} `.repeat(Math.ceil(nameBytes / kind.length)),
      ...placeOf(batch, step, n),
    })
  })

const placeOf = ({ trace, kind }: Batch, step: number, n: number): Partial<Span> => {
  const waiting = { traceId: traceId(trace), parentSpanId: MISSING, flags: 0x101 }
  if (kind === 'entries') return { ...waiting, kind: 'SERVER', flags: 0x301 }
  if (kind !== 'whole') return waiting
  return {
    traceId: traceId(step * 10 + trace + 100),
    parentSpanId: n === 0 ? undefined : spanId(step * 1_000 + 1),
    flags: 0x101,
  }
}

const LIMITS: Limits.Limits = {
  ...Limits.inProcess,
  orphanWaitMillis: 500,
  maxOrphanWaitMillis: 1_000,
  maxTraces: 5,
}

const machine = (sizes: _.MemorySizes) => {
  const payload = FinishedSpan.payload(sizes)
  return {
    payload,
    toNodes: describe({ mapping: Mapping.sentry, limits: LIMITS, payload }),
    step: Pending.step(LIMITS, payload.compare, payload.memory),
  }
}

const textOf = (segments: Segments): string =>
  segments
    .map(({ root, descendants }) =>
      [root, ...descendants]
        .map((node) =>
          'value' in node
            ? Utf8.decode(Utf8.join(FinishedSpan.parts(node.value).map(Utf8.slice)))
            : '',
        )
        .join('\n'),
    )
    .join('\n\n')

/** Runs a history; `watch` gets the state and the text of the ready segments after each step. */
const run = (
  sizes: _.MemorySizes,
  history: ReadonlyArray<ReadonlyArray<Batch>>,
  watch: (after: State, ready: string) => void,
  change: (state: State) => State = (state) => state,
): void => {
  const { toNodes, step } = machine(sizes)
  let state: State = Pending.empty
  for (const [n, arriving] of history.entries()) {
    const nowMillis = n * 60
    const { nodes } = toNodes(arriving.flatMap((batch) => spansOf(batch, n + 1)))
    const arrived = step(state, { _tag: 'Arrived', nowMillis, nodes })
    state = change(arrived.state)
    watch(state, textOf(arrived.ready))
  }
  const flushed = step(state, { _tag: 'Flush', nowMillis: history.length * 60 })
  watch(flushed.state, textOf(flushed.ready))
}

const laws = suite('SpanMemory: laws')

laws('after each step the waiting spans retain at most twice their bytes, and the slack', () => {
  fc.assert(
    fc.property(batches, (history) => {
      run(SIZES, history, (state) => {
        const { retained, waiting } = memoryOf(state)
        assert.ok(
          retained <= 2 * waiting + SIZES.slackBytes,
          `${retained} bytes are retained by ${waiting}`,
        )
      })
    }),
    { numRuns: 80 },
  )
})

laws('moving changes no byte of what is sent, nor when; frozen states can be stepped', () => {
  fc.assert(
    fc.property(batches, (history) => {
      const [moved, frozen, unmoved]: ReadonlyArray<Array<string>> = [[], [], []]
      run(SIZES, history, (_state, ready) => moved?.push(ready))
      run(SIZES, history, (_state, ready) => frozen?.push(ready), deepFreeze)
      run(NEVER_MOVED, history, (_state, ready) => unmoved?.push(ready))
      assert.equal(moved, unmoved)
      assert.equal(frozen, unmoved)
    }),
    { numRuns: 30 },
  )
})

laws('old states stay valid: each gives its spans, also after later states were moved', () => {
  fc.assert(
    fc.property(batches, (history) => {
      const { toNodes, step } = machine(SIZES)
      const states: Array<State> = [Pending.empty]
      const flushed = (state: State): string =>
        textOf(step(state, { _tag: 'Flush', nowMillis: 0 }).ready)
      for (const [n, arriving] of history.entries()) {
        const { nodes } = toNodes(arriving.flatMap((batch) => spansOf(batch, n + 1)))
        const before = states.at(-1) ?? Pending.empty
        states.push(step(before, { _tag: 'Arrived', nowMillis: n * 60, nodes }).state)
      }
      const texts = states.map(flushed)
      assert.equal(states.map(flushed), texts)
    }),
    { numRuns: 20 },
  )
})

laws.run()

const memory = suite('SpanMemory')

/** Places of spans of 1,000 bytes in shared buffers of 16. */
const spansIn = (count: number): ReadonlyArray<{ readonly value: Utf8.Slice }> => {
  const buffers = Array.from({ length: Math.ceil(count / 16) }, (_one, n) =>
    new Uint8Array(16_000).fill(n),
  )
  return buffers
    .flatMap((buffer) =>
      Array.from({ length: 16 }, (_one, n) => ({
        value: { buffer, from: n * 1_000, to: (n + 1) * 1_000 },
      })),
    )
    .slice(0, count)
}

const sized: _.MemorySizes = { bufferBytes: 16_000, slackBytes: 50_000 }

memory('is sparse when many of the spans that shared buffers do not wait any more', () => {
  const { add, remove, isSparse } = _.make<Utf8.Slice>(sized, (_span, place) => place)
  const spans = spansIn(160)
  for (const one of spans) add(one)
  assert.not.ok(isSparse())
  for (const [n, one] of spans.entries()) if (n % 16 > 0) remove(one)
  assert.ok(isSparse())
})

memory('moves spans of sparse buffers into as many bytes as they need, and no others', () => {
  const { add, remove, isSparse, move } = _.make<Utf8.Slice>(sized, (_span, place) => place)
  const spans = spansIn(320)
  for (const one of spans) add(one)
  const kept = spans.filter((_one, n) => n < 160 || n % 16 === 0)
  for (const one of spans) if (!kept.includes(one)) remove(one)
  const toMoved = move(kept)
  const moved = kept.map(({ value }) => toMoved(value))
  assert.equal(
    moved.map((one) => Utf8.bytesOf(one)[0]),
    kept.map(({ value }) => Utf8.bytesOf(value)[0]),
  )
  assert.ok(moved.every((one, n) => (one === kept[n]?.value) === n < 160))
  const buffers = new Set(moved.map(({ buffer }) => buffer))
  assert.is(
    [...buffers].reduce((sum, { length }) => sum + length, 0),
    170_000,
  )
  assert.not.ok(isSparse())
})

memory('counts anew when it moves: reports that were repeated do not last', () => {
  const { add, isSparse, move } = _.make<Utf8.Slice>(sized, (_span, place) => place)
  const [one] = spansIn(1)
  if (one === undefined) throw new Error('no span in a test')
  add(one)
  for (const other of spansIn(160)) add(other)
  move([one])(one.value)
  assert.not.ok(isSparse())
  for (const [n, other] of spansIn(80).entries()) if (n % 16 === 0) add(other)
  assert.ok(isSparse())
})

memory.run()
