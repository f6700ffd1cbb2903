/** One exporter in one scenario, in a process of its own. */
import { createHash } from 'node:crypto'
import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { median } from '../../bench/median.ts'
import * as Random from '../../Random.ts'
import type { ComparedExporter, SentRequest, SideName } from './ComparedExporter.ts'
import { ownSide } from './ownSide.ts'
import * as SentItems from './SentItems.ts'
import * as SpanScript from './SpanScript.ts'
import { type ComparedProgram, few } from './scenarios.ts'
import { type SentrySetUp, setUpSentry } from './sentrySide.ts'

// model

export interface SideRun {
  readonly spansIn: number
  readonly spansSent: number
  /** Spans that were sent again. */
  readonly repeated: number
  readonly countedLost: number
  readonly transactions: number
  /** Transactions of which Sentry would not keep all. */
  readonly notWhole: number
  readonly errors: number
  /** Exceptions that nobody caught: each ends a process of Node. */
  readonly uncaught: number
  /** Of the ids of the spans that were given to the exporter. */
  readonly digest: string
  /** Of a span that was sent. */
  readonly cpuMicrosPerSpan: number | undefined
}

const SEED = 20_261_129

const ROUNDS = 4

/** Before them code is compiled, and the exporter of a process that has run for long has sent many spans. */
const WARM_UP_ROUNDS = 2

// running

export const sideRun = async (name: SideName, scenario: ComparedProgram): Promise<SideRun> => {
  let uncaught = 0
  process.on('uncaughtException', () => {
    uncaught++
  })
  const random = Random.of(SEED)
  const setUp = setUpSentry()
  if (name === 'own') {
    // Sentry's own does more whenever a context is entered. The spans are made with Sentry's parts for both.
    context.disable()
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  }
  const open = (take: (request: SentRequest) => void): ComparedExporter =>
    name === 'own' ? ownSide(take) : setUp.side(take)
  const requests: Array<SentRequest> = []
  const side = open((request) => requests.push(request))
  const script = SpanScript.record(setUp.observer, random, scenario.program)
  await SpanScript.play(script, side)
  try {
    await side.end()
  } catch {
    uncaught++
  }
  const given = SpanScript.keysOf(script)
  const { spans, ...counts } = SentItems.of(requests)
  const sent = new Set(spans)
  return {
    ...counts,
    spansIn: given.length,
    spansSent: given.filter((key) => sent.has(key)).length,
    repeated: spans.length - sent.size,
    countedLost: side.countedLost(),
    uncaught,
    digest: createHash('sha256').update(given.join()).digest('hex').slice(0, 16),
    cpuMicrosPerSpan: await cpuOf(open, setUp, random, scenario.measured),
  }
}

/** The median of the rounds. The spans of a round are made before its time is taken. */
const cpuOf = async (
  open: (take: (request: SentRequest) => void) => ComparedExporter,
  { observer }: SentrySetUp,
  random: Random.Random,
  measured: ComparedProgram['measured'],
): Promise<number | undefined> => {
  if (measured === undefined) return undefined
  const requests: Array<SentRequest> = []
  const take = (request: SentRequest): void => void requests.push(request)
  const old = open(take)
  const rounds: Array<number> = []
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const script = SpanScript.record(observer, random, measured.program)
    const side = measured.exporter === 'old' ? old : open(take)
    if (side !== old) {
      await SpanScript.play(SpanScript.record(observer, random, few), side)
      await side.flush()
    }
    requests.length = 0
    globalThis.gc?.()
    const before = process.cpuUsage()
    await SpanScript.play(script, side)
    await side.flush()
    const { user, system } = process.cpuUsage(before)
    if (round >= WARM_UP_ROUNDS) rounds.push(user + system)
    if (side !== old) await side.end()
  }
  // All rounds have as many spans.
  const { length: sent } = SentItems.of(requests).spans
  await old.end()
  return median(rounds) / sent
}
