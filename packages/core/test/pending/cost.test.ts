import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Limits from '../../src/model/Limits.ts'
import type { Span } from '../../src/model/Span.ts'
import * as Pending from '../../src/pending/Pending.ts'
import { describe } from '../../src/pipeline/describe.ts'
import type { Node } from '../../src/segment/Node.ts'
import * as Payload from '../../src/segment/Payload.ts'
import type { SentrySpan } from '../../src/sentry/SentrySpan.ts'

const toNodes = describe({
  mapping: Mapping.sentry,
  limits: Limits.inProcess,
  payload: Payload.json,
})

const step = Pending.step<SentrySpan>(Limits.inProcess, Payload.json.compare)

/** Nodes that count how often their traits are read: each step that looks at a node reads them. */
const counting = (spans: ReadonlyArray<Span>, count: () => void): ReadonlyArray<Node<SentrySpan>> =>
  toNodes(spans).nodes.map((node) => {
    const { traits } = node
    return Object.defineProperty({ ...node }, 'traits', {
      enumerable: true,
      get: () => {
        count()
        return traits
      },
    })
  })

interface Arrivals {
  /** The spans that wait, and arrive together. */
  readonly waiting: (n: number) => ReadonlyArray<Span>
  /** The kth span that arrives alone. */
  readonly arriving: (k: number, n: number) => Span
}

const child = (id: number, parent: number, fields: Partial<Span> = {}): Span =>
  span({ spanId: spanId(id), parentSpanId: spanId(parent), flags: 0x101, ...fields })

const MISSING = 999_999

/** Spans below a parent that does not come. */
const orphans = (n: number): ReadonlyArray<Span> =>
  Array.from({ length: n }, (_, i) => child(1_000_000 + i, MISSING))

const WITHOUT_FLAGS = { flags: undefined, kind: 'CLIENT' as const }

const CASES: Readonly<Record<string, Arrivals>> = {
  'children without flags of a root that has not ended': {
    waiting: orphans,
    arriving: (k) => child(k + 2, MISSING, WITHOUT_FLAGS),
  },
  'a chain without flags, from its top': {
    waiting: () => [],
    arriving: (k) => child(k + 2, k === 0 ? MISSING : k + 1, WITHOUT_FLAGS),
  },
  'a chain without flags, from its end': {
    waiting: orphans,
    arriving: (k) => child(500_000 - k, 499_999 - k, WITHOUT_FLAGS),
  },
  'a chain without flags, every second span first': {
    waiting: (n) => Array.from({ length: n }, (_, i) => child(2 * i + 2, 2 * i + 1)),
    arriving: (k) => child(2 * k + 3, 2 * k + 2, WITHOUT_FLAGS),
  },
  'late children': {
    waiting: (n) => [span({ spanId: spanId(1), kind: 'SERVER' }), ...orphans(n)],
    arriving: (k) => child(k + 2, 1),
  },
  'entries with a remote parent': {
    waiting: orphans,
    arriving: (k) => child(k + 2, 1, { kind: 'SERVER', flags: 0x301 }),
  },
  'entries without flags below spans that wait': {
    waiting: orphans,
    arriving: (k) => child(k + 2, 1_000_000 + k, { kind: 'SERVER', flags: undefined }),
  },
  'entries below one span that waits, each with a child that came before': {
    waiting: (n) => [
      ...orphans(n),
      ...Array.from({ length: ARRIVALS }, (_, k) => child(5_000 + k, k + 2)),
    ],
    arriving: (k) => child(k + 2, 1_000_000, { kind: 'SERVER', flags: 0x301 }),
  },
  'copies of spans that wait': {
    waiting: orphans,
    arriving: (k) => child(1_000_000 + k, MISSING, { kind: 'INTERNAL', flags: undefined }),
  },
  'spans that are their own parents': {
    waiting: orphans,
    arriving: (k) => child(k + 2, k + 2, WITHOUT_FLAGS),
  },
}

const ARRIVALS = 200

/** How often traits are read for each span that arrives alone, once the first two have arrived. */
const readsPerArrival = ({ waiting, arriving }: Arrivals, n: number): number => {
  let reads = 0
  const count = (): void => {
    reads++
  }
  let state: Pending.Pending<SentrySpan> = Pending.empty
  const arrive = (spans: ReadonlyArray<Span>): void => {
    const nodes = counting(spans, count)
    state = step(state, { _tag: 'Arrived', nowMillis: 0, nodes }).state
  }
  arrive(waiting(n))
  arrive([arriving(0, n)])
  arrive([arriving(1, n)])
  reads = 0
  for (let k = 2; k < ARRIVALS; k++) arrive([arriving(k, n)])
  return reads / (ARRIVALS - 2)
}

const cost = suite('Pending.step: cost, counted in nodes that are read')

/** A node that arrives is read some times itself, and its parent is. A small trace is linked as a whole. */
const MAX_READS = 600

for (const [name, arrivals] of Object.entries(CASES)) {
  cost(`${name}: an arrival costs the same, however many spans wait`, () => {
    const [few, many] = [readsPerArrival(arrivals, 500), readsPerArrival(arrivals, 4_000)]
    assert.ok(many <= 1.2 * few + 5, `${few} reads beside 500 spans, ${many} beside 4,000`)
    assert.ok(many < MAX_READS, `${many} reads`)
  })
}

interface Whole {
  /** Spans that make the trace one that is linked as a whole. */
  readonly first: ReadonlyArray<Span>
  /** Which of the spans that arrive alone a hook drops. */
  readonly isDropped: (k: number) => boolean
}

const WHOLE: Readonly<Record<string, Whole>> = {
  'with a dropped span': { first: [], isDropped: (k) => k === 100 },
  'whose every tenth span is dropped': { first: [], isDropped: (k) => k % 10 === 0 },
  'in which the halves of a call wait': {
    first: [
      child(1_000_000, MISSING, { kind: 'CLIENT' }),
      child(1_000_000, MISSING, { kind: 'SERVER', flags: undefined }),
    ],
    isDropped: () => false,
  },
}

/** How often traits are read for each of n spans without flags that arrive one after the other. */
const readsOfWhole = ({ first, isDropped }: Whole, n: number): number => {
  let reads = 0
  const count = (): void => {
    reads++
  }
  let state: Pending.Pending<SentrySpan> = Pending.empty
  const arrive = (spans: ReadonlyArray<Span>, dropped: ReadonlyArray<Span> = []): void => {
    const tombstones = toNodes(dropped).nodes.map((node) => ({ ...node, isFailed: false }))
    const nodes = counting(spans, count)
    state = step(state, { _tag: 'Arrived', nowMillis: 0, nodes, dropped: tombstones }).state
  }
  arrive(first)
  for (let k = 2; k < n; k++) {
    const one = child(k, MISSING, WITHOUT_FLAGS)
    if (isDropped(k)) arrive([], [one])
    else arrive([one])
  }
  return reads / n
}

for (const [name, whole] of Object.entries(WHOLE)) {
  cost(`a trace ${name}: each span costs the same, however many come`, () => {
    const [few, many] = [readsOfWhole(whole, 1_000), readsOfWhole(whole, 4_000)]
    assert.ok(many <= 1.2 * few + 5, `${few} reads for each of 1,000 spans, ${many} of 4,000`)
  })
}

cost.run()
