/**
 * The figures of the bench. A figure prepares itself once and gives a round. Most are compared with the floor F of the same
 * number of spans: parsing the input and printing the output, and nothing in between.
 */
import * as Limits from '@sentry-exporter/core/Limits'
import { Assembly } from '@sentry-exporter/core/pipeline'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as Recorded from '../Recorded.ts'
import { batchFigures } from './batchFigures.ts'
import { deliveryFigures } from './deliveryFigures.ts'
import { encodedReady, optionsOf } from './encoded.ts'
import { encodingFigures } from './encodingFigures.ts'
import type { Figure } from './Figure.ts'
import { floorOf } from './floorOf.ts'
import * as inputs from './inputs.ts'
import { logFigures } from './logFigures.ts'
import { printedExceptions } from './printedExceptions.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'
import { readableFigures } from './readableFigures.ts'
import { chain, type Shape, scaled, star } from './scaled.ts'
import { spansOf } from './spansOf.ts'
import { stageFigures } from './stageFigures.ts'
import { waitingFigures } from './waitingFigures.ts'

// constructors

/** Each input for itself, all its requests as arrivals, then a flush, to the bytes of envelopes. */
const assembled = (inputs: ReadonlyArray<ReadonlyArray<string>>, spans: number): Round => {
  const { initial, step } = Pipeline.machine(optionsOf(Limits.untimed(Limits.gateway)))
  return {
    spans,
    run: () => {
      for (const requests of inputs) {
        let state = initial
        for (const text of requests) {
          state = step(state, Assembly.arrived(spansOf(ExportTraceRequest.parse(text)))).state
        }
        encodedReady(step(state, { _tag: 'Flush', nowMillis: 0 }).emitted)
      }
    },
  }
}

/** A shape at 1,000 and at 200,000 spans, each beside the floor of the same text. */
const grown = (
  shape: string,
  description: string,
  perTrace: (spans: number) => number,
  parentOf: Shape,
): ReadonlyArray<Figure> =>
  SIZES.flatMap(({ label, spans, inputs }): ReadonlyArray<Figure> => {
    const made = (reference: Reference): ReadonlyArray<ReadonlyArray<string>> =>
      Array.from({ length: inputs }, (_unused, nth) =>
        scaled(reference, { from: nth * spans, spans, perTrace: perTrace(spans) }, parentOf),
      )
    const all = inputs * spans
    const large = spans === FEW ? {} : { isLarge: true }
    return [
      {
        name: `floor-${shape}-${label}`,
        description: `F of the next`,
        ...large,
        floor: undefined,
        budget: undefined,
        prepare: (reference) => floorOf(made(reference), reference.transactions, all),
      },
      {
        name: `${shape}-${label}`,
        description: `${spans.toLocaleString('en')} spans: ${description}`,
        ...large,
        floor: `floor-${shape}-${label}`,
        ...(spans === FEW ? { budget: undefined } : { few: `${shape}-1k`, budget: 1.2 }),
        prepare: (reference) => assembled(made(reference), all),
      },
    ]
  })

const FEW = 1_000

/** Few spans are measured twice, each half of the reference data for itself: one half has more exceptions than the other. */
const SIZES = [
  { label: '1k', spans: FEW, inputs: 2 },
  { label: '200k', spans: 200_000, inputs: 1 },
] as const

const FLOOR = 'floor'

const basic: ReadonlyArray<Figure> = [
  {
    name: FLOOR,
    description: 'F: JSON.parse of the OTLP JSON + JSON.stringify of reference transactions',
    floor: undefined,
    budget: undefined,
    prepare: ({ requests, transactions, spans }) =>
      floorOf(
        requests.map((request) => [request]),
        transactions,
        spans,
      ),
  },
  {
    name: 'decode',
    description: 'OTLP JSON text -> spans, validated',
    floor: FLOOR,
    budget: undefined,
    prepare: ({ requests, spans }) => ({
      spans,
      run: () => requests.map(ExportTraceRequest.parse),
    }),
  },
  {
    name: 'floor-shop',
    description: 'F of the recorded shop',
    floor: undefined,
    budget: undefined,
    prepare: ({ transactions }) => {
      const requests = Recorded.all.flatMap(Recorded.bodies)
      const { items } = inputs.shop()
      return floorOf(
        requests.map((request) => [request]),
        transactions,
        items,
      )
    },
  },
]

export const all: ReadonlyArray<Figure> = [
  ...basic,
  ...encodingFigures,
  ...logFigures,
  ...readableFigures,
  {
    name: 'exception',
    description: 'an exception of 13 lines, parsed and printed, thrown at one of 80 places',
    floor: undefined,
    budget: 25,
    prepare: () => printedExceptions(80),
  },
  {
    name: 'exception-unseen',
    description: 'the same with a stack whose lines were not read before',
    floor: undefined,
    budget: undefined,
    prepare: () => printedExceptions(2_000),
  },
  ...grown('chain', 'one chain', (spans) => spans, chain),
  ...grown('star', 'one span and all below it', (spans) => spans, star),
  ...grown('pairs', 'traces of two spans', () => 2, chain),
  ...waitingFigures,
  ...batchFigures,
  ...stageFigures,
  ...deliveryFigures,
]
