/** Runs all scenarios, and hashes what each step gave. Nothing depends on the date, the time zone or the machine. */
import { createHash } from 'node:crypto'
import * as Recorded from '../Recorded.ts'
import type * as Hashes from './Hashes.ts'
import * as IdMask from './IdMask.ts'
import * as Product from './product.ts'
import * as Random from './random.ts'
import * as Scenarios from './scenarios.ts'
import * as Traffic from './Traffic.ts'

// model

/** The output of each step, in their order. */
export interface RecordedStep {
  readonly scenario: string
  readonly step: number
  readonly result: Product.ProductStep
  /** The texts of the envelopes, with the ids masked that the product made. */
  readonly masked: ReadonlyArray<string>
}

// running

const START_MILLIS = 1_700_000_100_000

/** All steps of all scenarios, one after the other. */
export function* steps(): Generator<RecordedStep> {
  for (const scenario of Scenarios.all) yield* assemblySteps(scenario)
  for (const recorded of Recorded.all) yield* convertSteps(recorded)
}

function* assemblySteps(scenario: Scenarios.Scenario): Generator<RecordedStep> {
  const random = Random.seeded(scenario.seed)
  const traffic = Traffic.of(random, scenario.habits)
  const give = Product.open(scenario.settings)
  const { addInput, mask } = IdMask.make()
  let nowMillis = START_MILLIS
  let wakeAtMillis: number | undefined
  for (let step = 0; step < scenario.steps; step++) {
    const later = nowMillis + random.pick(scenario.pauses)
    // A clock wakes the assembly before anything else happens, or is late.
    const isWoken = wakeAtMillis !== undefined && wakeAtMillis <= later && random.chance(0.6)
    nowMillis = isWoken ? Math.max(nowMillis, wakeAtMillis ?? 0) : later
    const isLast = step === scenario.steps - 1
    const input = inputOf(random, traffic, nowMillis, { isWoken, isLast })
    if (input.kind === 'arrived') for (const text of [input.traces, input.logs]) addInput(text)
    const result = give(input)
    wakeAtMillis = result.wakeAtMillis
    yield { scenario: scenario.name, step, result, masked: masksOf(mask, result.envelopes) }
  }
}

const inputOf = (
  random: Random.Draws,
  traffic: Traffic.Traffic,
  nowMillis: number,
  { isWoken, isLast }: { readonly isWoken: boolean; readonly isLast: boolean },
): Product.ProductInput => {
  if (isLast || random.chance(0.02)) return { kind: 'flush', nowMillis }
  if (isWoken || random.chance(0.1)) return { kind: 'tick', nowMillis }
  return { kind: 'arrived', nowMillis, ...traffic.next(nowMillis) }
}

/** A recording in three orders. A step is a part of the envelopes; the losses are in the last one. */
function* convertSteps(recorded: Recorded.Recording): Generator<RecordedStep> {
  const bodies = Recorded.bodies(recorded)
  const requests = bodies.map(Product.spansOf)
  const shuffled = batches(Random.seeded(20_261_128).shuffle(requests.flat()))
  for (const [order, mapping, arrivals] of [
    ['as recorded', 'sentry', requests],
    ['as recorded', 'collector', requests],
    ['requests reversed', 'sentry', [...requests].reverse()],
    ['spans shuffled', 'sentry', shuffled],
  ] as const) {
    const { addInput, mask } = IdMask.make()
    for (const body of bodies) addInput(body)
    const { envelopes, losses } = Product.convert(mapping, arrivals)
    const scenario = `convert ${recorded.name}, ${order}, mapping ${mapping}`
    const count = Math.ceil(envelopes.length / ENVELOPES)
    for (let step = 0; step < count; step++) {
      const part = envelopes.slice(step * ENVELOPES, (step + 1) * ENVELOPES)
      const result = {
        envelopes: part,
        losses: step === count - 1 ? losses : [],
        wakeAtMillis: undefined,
        waiting: 0,
      }
      yield { scenario, step, result, masked: masksOf(mask, part) }
    }
  }
}

/** Envelopes in a step of `convert`. */
const ENVELOPES = 20

/** Spans in a batch of those that are shuffled. */
const BATCH = 97

const batches = (spans: Product.Spans): ReadonlyArray<Product.Spans> =>
  Array.from({ length: Math.ceil(spans.length / BATCH) }, (_, index) =>
    spans.slice(index * BATCH, (index + 1) * BATCH),
  )

const masksOf = (
  mask: IdMask.IdMask['mask'],
  envelopes: ReadonlyArray<Product.SealedBytes>,
): ReadonlyArray<string> => envelopes.map(({ bytes }) => mask(textOf(bytes)))

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

// folds

/** The hashes of all steps. */
export const hashes = (recorded: Iterable<RecordedStep>): Hashes.Hashes => {
  const exact: Record<string, Array<string>> = {}
  const masked: Record<string, Array<string>> = {}
  for (const { scenario, result, masked: texts } of recorded) {
    const bytes = result.envelopes.map((one) => one.bytes)
    const exactSteps = exact[scenario] ?? []
    exact[scenario] = exactSteps
    exactSteps.push(line(result, bytes))
    const maskedSteps = masked[scenario] ?? []
    masked[scenario] = maskedSteps
    maskedSteps.push(line(result, texts))
  }
  return { exact, masked }
}

const line = (
  { envelopes, losses, wakeAtMillis, waiting }: Product.ProductStep,
  contents: ReadonlyArray<string | Uint8Array>,
): string => {
  const digests = contents.map(sha256)
  const about = envelopes.map((one) => one.about)
  const all = sha256(JSON.stringify([digests, about, losses, wakeAtMillis ?? null, waiting]))
  return [all.slice(0, 16), ...digests.map((digest) => digest.slice(0, 8))].join(' ')
}

const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')
