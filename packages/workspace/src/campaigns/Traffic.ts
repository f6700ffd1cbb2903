/**
 * Simulated traffic: services that call each other, jobs of many minutes, late spans, spans that never arrive.
 * Each service sends its ended spans every five seconds, as SDKs do. Deterministic for a seed.
 */
import * as Micros from '@sentry-exporter/core/Micros'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { Span } from '@sentry-exporter/core/Span'
import type { SpanId } from '@sentry-exporter/core/SpanId'
import type { TraceId } from '@sentry-exporter/core/TraceId'
import { resource, span } from '@sentry-exporter/testing/spans'
import type { Random } from '../Random.ts'

// model

/** Spans that one service sends at one time. Milliseconds since the start of the traffic. */
export interface Sending {
  readonly atMillis: number
  readonly service: number
  readonly spans: ReadonlyArray<Span>
}

/** A span with the time at which its service sends it; `undefined` if it is lost on the way. */
interface Planned {
  readonly span: Span
  readonly service: number
  readonly sentMillis: number | undefined
}

// constructors

const SERVICES: ReadonlyArray<Resource> = ['gateway', 'orders', 'billing', 'jobs'].map((name) =>
  resource(name),
)

const BATCH_MILLIS = 5_000

const EPOCH_MICROS = 1_700_000_000_000_000

/** All sendings of so many seconds in the order of their time. Some come after the last second. */
export const traffic = (seconds: number, random: Random): ReadonlyArray<Sending> => {
  const planned: Array<Planned> = []
  for (let second = 0; second < seconds; second++) {
    for (let i = 0; i < 3; i++) planned.push(...request(random, second * 1_000 + i * 300))
    if (second % 240 === 0) planned.push(...job(random, second * 1_000))
  }
  const sendings = new Map<string, { atMillis: number; service: number; spans: Array<Span> }>()
  for (const { span: one, service, sentMillis } of planned) {
    if (sentMillis === undefined) continue
    const atMillis = Math.ceil(sentMillis / BATCH_MILLIS) * BATCH_MILLIS + service
    const key = `${atMillis} ${service}`
    const known = sendings.get(key)
    if (known === undefined) sendings.set(key, { atMillis, service, spans: [one] })
    else known.spans.push(one)
  }
  return [...sendings.values()].sort((a, b) => a.atMillis - b.atMillis)
}

/** A request that goes through two or three services. */
const request = (random: Random, startMillis: number): ReadonlyArray<Planned> => {
  const traceId = hex(random, 32) as TraceId
  const made: Array<Planned> = []
  const enter = (
    service: number,
    parent: SpanId | undefined,
    atMillis: number,
    lengthMillis: number,
  ): void => {
    const plan = planner(random, made, traceId, service)
    const root = plan(parent, atMillis, lengthMillis, parent === undefined ? 0x101 : 0x301)
    const children = 2 + Math.floor(random() * 8)
    for (let i = 0; i < children; i++) {
      const child = plan(root, atMillis + 1 + i, lengthMillis / 2, 0x101)
      if (random() < 0.3) plan(child, atMillis + 2 + i, lengthMillis / 4, 0x101)
      if (random() < 0.2 && service < 2)
        enter(service + 1, child, atMillis + 3 + i, lengthMillis / 3)
    }
  }
  enter(0, undefined, startMillis, 20 + random() * 2_000)
  return made
}

/** A job of about ten minutes: its children come long before its root. */
const job = (random: Random, startMillis: number): ReadonlyArray<Planned> => {
  const traceId = hex(random, 32) as TraceId
  const made: Array<Planned> = []
  const plan = planner(random, made, traceId, 3)
  const root = plan(undefined, startMillis, 600_000, 0x101)
  for (let i = 0; i < 300; i++) plan(root, startMillis + i * 2_000, 1_500, 0x101)
  return made
}

const planner =
  (random: Random, made: Array<Planned>, traceId: TraceId, service: number) =>
  (parent: SpanId | undefined, atMillis: number, lengthMillis: number, flags: number): SpanId => {
    const spanId = hex(random, 16) as SpanId
    const endMillis = atMillis + lengthMillis
    const fate = random()
    // One in a hundred is sent up to a minute late; one in two hundred never comes.
    const delay = fate < 0.01 ? 15_000 + random() * 45_000 : 0
    made.push({
      service,
      sentMillis: fate > 0.995 ? undefined : endMillis + delay,
      span: span({
        traceId,
        spanId,
        parentSpanId: parent,
        name: `work of service ${service}`,
        kind: flags === 0x301 ? 'SERVER' : 'INTERNAL',
        flags,
        resource: SERVICES[service] ?? resource('other'),
        startMicros: Micros.of(EPOCH_MICROS + Math.floor(atMillis * 1_000)),
        endMicros: Micros.of(EPOCH_MICROS + Math.floor(endMillis * 1_000)),
      }),
    })
    return spanId
  }

const hex = (random: Random, digits: number): string => {
  let text = ''
  while (text.length < digits)
    text += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return text
}
