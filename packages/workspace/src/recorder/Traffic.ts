/** Seeded traffic as OTLP JSON: traces whose spans come in pieces, late, twice, damaged, or never; and log records. */
import * as Attributes from './attributes.ts'
import * as Profiles from './profiles.ts'
import type { Draws } from './random.ts'

// model

export interface Traffic {
  /** The input that arrives at this time. Called once for each step. */
  readonly next: (nowMillis: number) => Arrival
}

interface Arrival {
  readonly traces: string
  readonly logs: string
}

export interface Habits {
  /** The most spans of an ordinary trace. */
  readonly spans: number
  /** The probability that a span is damaged, or has attributes that nobody expects. */
  readonly hostility: number
}

interface Piece {
  readonly dueStep: number
  readonly resource: number
  readonly span: Readonly<Record<string, unknown>>
}

// constructors

export const of = (random: Draws, habits: Habits): Traffic => {
  let step = 0
  let waiting: ReadonlyArray<Piece> = []
  let known: readonly [Ids, ...ReadonlyArray<Ids>] = [idsOf(random)]
  return {
    next: (nowMillis) => {
      step++
      const started = random.chance(0.7) ? trace(random, habits, nowMillis) : []
      const due = started.flatMap(({ resource, span }) => delays(random, resource, span, step))
      waiting = [...waiting, ...random.shuffle(due)]
      const arrived = waiting.filter(({ dueStep }) => dueStep <= step)
      waiting = waiting.filter(({ dueStep }) => dueStep > step)
      for (const { span } of arrived.slice(0, 3)) {
        known = [{ traceId: String(span['traceId']), spanId: String(span['spanId']) }, ...known]
      }
      known = [known[0], ...known.slice(1, 40)]
      return { traces: tracesOf(arrived), logs: logsOf(random, known, nowMillis) }
    },
  }
}

/** When a span comes: mostly soon, sometimes long after the rest, sometimes twice. */
const delays = (
  random: Draws,
  resource: number,
  span: Piece['span'],
  step: number,
): ReadonlyArray<Piece> => {
  const late = random.chance(0.06) ? 10 + random.below(50) : random.below(4)
  const first = { dueStep: step + late, resource, span }
  if (!random.chance(0.05)) return [first]
  const dueStep = step + random.below(30)
  const other = random.chance(0.5) ? span : { ...span, endTimeUnixNano: '1700000200000000000' }
  return [first, { dueStep, resource, span: other }]
}

interface Ids {
  readonly traceId: string
  readonly spanId: string
}

const idsOf = (random: Draws): Ids => ({ traceId: random.hex(32), spanId: random.hex(16) })

/** The place of the parent of the nth span, from 1, or 0 for none. */
const SHAPES: readonly [Shape, ...ReadonlyArray<Shape>] = [
  (n) => n - 1,
  (n) => (n === 1 ? 0 : 1),
  (n) => (n === 1 ? 0 : n % 2 === 0 ? n - 1 : n - 2),
  (n, random) => random.below(n),
  (n, random) => (n === 1 ? 0 : 1 + random.below(n - 1)),
]

type Shape = (n: number, random: Draws) => number

const trace = (
  random: Draws,
  habits: Habits,
  nowMillis: number,
): ReadonlyArray<Omit<Piece, 'dueStep'>> => {
  const shape = random.pick(SHAPES)
  const traceId = random.hex(32)
  const count = random.chance(0.03) ? 150 : 1 + random.below(habits.spans)
  const ids = Array.from({ length: count }, () => random.hex(16))
  const withFlags = random.chance(0.5)
  const traceState = random.pick(['', '', '', 'ot=th:8', 'ot=th:c;rv:ffffffffffffff,x=y', 'bad'])
  // A trace whose root never comes.
  const isHeadless = random.chance(0.15)
  const resources: Array<number> = []
  return ids.flatMap((spanId, index) => {
    const parent = shape(index + 1, random)
    const inherited = parent === 0 ? random.below(4) : (resources[parent - 1] ?? 0)
    const isRemote = parent === 0 || random.chance(0.15)
    const resource = isRemote && parent > 0 ? random.below(4) : inherited
    resources.push(resource)
    const parentSpanId = parentOf(random, ids, parent, index)
    if (isHeadless && parent === 0) return []
    const profile = random.pick(isRemote ? Profiles.ENTRIES : Profiles.INNER)
    const flags = withFlags ? { flags: isRemote && parent > 0 ? 0x301 : 0x101 } : {}
    const named = { traceId, spanId, ...(parentSpanId === undefined ? {} : { parentSpanId }) }
    const span = { ...named, ...flags, traceState, ...content(random, habits, profile, nowMillis) }
    return [{ resource, span }]
  })
}

/** The parent that a span names: sometimes one that nobody has, or one that is below it. */
const parentOf = (
  random: Draws,
  ids: ReadonlyArray<string>,
  parent: number,
  index: number,
): string | undefined => {
  if (random.chance(0.03)) return random.pick(['00000000000000aa', '00000000000000ab'])
  if (random.chance(0.02)) return ids[Math.min(ids.length - 1, index + random.below(3))]
  return parent === 0 ? undefined : ids[parent - 1]
}

const content = (
  random: Draws,
  { hostility }: Habits,
  { name, kind, pairs }: Profiles.Profile,
  nowMillis: number,
): Readonly<Record<string, unknown>> => {
  const startMillis = nowMillis - random.below(3_000)
  const extras = random.chance(hostility) ? random.pick(Attributes.EXTRAS) : []
  const status = random.below(8)
  return {
    name: random.chance(0.05) ? `${name} ${'n'.repeat(random.below(400))}\n` : name,
    kind,
    startTimeUnixNano: nanos(startMillis, random.below(1_000)),
    endTimeUnixNano: nanos(startMillis + random.below(2_000), random.below(1_000)),
    attributes: Attributes.encode([...pairs, ['n', random.below(100)], ...extras]),
    status: status === 0 ? { code: 2, message: 'it failed' } : status === 1 ? { code: 1 } : {},
    events: eventsOf(random, startMillis),
    links: random.chance(0.06) ? [linkOf(random)] : [],
    ...(random.chance(hostility) ? random.pick(DAMAGE)(nowMillis) : {}),
  }
}

const eventsOf = (random: Draws, startMillis: number): ReadonlyArray<unknown> => {
  const exceptions = random.chance(0.12) ? 1 + random.below(3) : 0
  const others = random.chance(0.1) ? 1 + random.below(random.chance(0.1) ? 130 : 3) : 0
  return [
    ...Array.from({ length: exceptions }, () => ({
      name: 'exception',
      timeUnixNano: nanos(startMillis + random.below(500), 0),
      attributes: Attributes.encode(random.pick(Attributes.EXCEPTIONS)),
    })),
    ...Array.from({ length: others }, () => ({
      name: random.pick(['retry', 'log', 'message', 'browser.web_vital', '']),
      timeUnixNano: nanos(startMillis + random.below(500), 0),
      attributes: Attributes.encode([
        ['attempt', random.below(5)],
        ['level', 'warn'],
      ]),
    })),
  ]
}

const linkOf = (random: Draws): unknown => ({
  ...idsOf(random),
  attributes: Attributes.encode([['sentry.link.type', 'previous_trace']]),
  flags: 1,
})

/** The defect of a span. */
const DAMAGE: readonly [Damage, ...ReadonlyArray<Damage>] = [
  () => ({ endTimeUnixNano: '0' }),
  () => ({ startTimeUnixNano: '18446744073709551615' }),
  (nowMillis) => ({ endTimeUnixNano: nanos(nowMillis - 60_000, 0) }),
  (nowMillis) => ({
    startTimeUnixNano: nanos(nowMillis - 9 * DAY_MILLIS, 0),
    endTimeUnixNano: nanos(nowMillis - 9 * DAY_MILLIS + 5, 0),
  }),
  (nowMillis) => ({ endTimeUnixNano: nanos(nowMillis + 3 * DAY_MILLIS, 0) }),
  () => ({ spanId: 'zz' }),
  () => ({ kind: 'SPAN_KIND_ODD' }),
  () => ({ status: { code: 9, message: '' } }),
  () => ({ flags: 0x301 }),
  () => ({ attributes: [{ key: 'big', value: { intValue: 9_007_199_254_740_993_000 } }] }),
  () => ({ droppedAttributesCount: 3, droppedEventsCount: 2, droppedLinksCount: 1 }),
  () => ({ name: 'GET https://me:hush@host/a?token=1#x' }),
]

type Damage = (nowMillis: number) => Readonly<Record<string, unknown>>

const DAY_MILLIS = 86_400_000

const nanos = (millis: number, micros: number): string =>
  String(BigInt(millis) * 1_000_000n + BigInt(micros) * 1_000n)

// encoding

const resourceOf = (index: number): unknown => ({
  attributes: Attributes.encode(Attributes.RESOURCES[index] ?? []),
})

/** One request; neighbours of one resource share it. */
const tracesOf = (pieces: ReadonlyArray<Piece>): string => {
  const resourceSpans: Array<unknown> = []
  for (let at = 0; at < pieces.length; ) {
    const from = at
    const resource = pieces[at]?.resource ?? 0
    while (at < pieces.length && pieces[at]?.resource === resource) at++
    const spans = pieces.slice(from, at).map(({ span }) => span)
    const scopeSpans = [{ scope: { name: 'recorder', version: '1' }, spans }]
    resourceSpans.push({ resource: resourceOf(resource), scopeSpans })
  }
  return JSON.stringify({ resourceSpans })
}

const logsOf = (
  random: Draws,
  known: readonly [Ids, ...ReadonlyArray<Ids>],
  nowMillis: number,
): string => {
  const count = random.chance(0.3) ? 1 + random.below(3) : 0
  const logRecords = Array.from({ length: count }, () => {
    const { traceId, spanId } = random.pick(known)
    const ids = random.pick([{ traceId, spanId }, { traceId, spanId }, { traceId }, {}])
    const exception = random.chance(0.8) ? random.pick(Attributes.EXCEPTIONS) : []
    return {
      ...ids,
      timeUnixNano: nanos(nowMillis - random.below(500), 0),
      severityNumber: random.pick([9, 17, 17, 21]),
      body: { stringValue: 'it failed' },
      attributes: Attributes.encode([...exception, ['logger', 'main']]),
      ...(random.chance(0.03) ? { traceId: 'zz' } : {}),
    }
  })
  const resource = resourceOf(random.below(4))
  return JSON.stringify({
    resourceLogs: count === 0 ? [] : [{ resource, scopeLogs: [{ logRecords }] }],
  })
}
