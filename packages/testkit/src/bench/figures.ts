/**
 * What the bench measures. A figure prepares itself once and gives a round: one pass over the reference data.
 */
import * as Config from '@sentry-exporter/exporter/Config'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import * as E from '#fp-ts/Either'
import type { Reference } from './Reference.ts'

// model

export interface Figure {
  readonly name: string
  readonly says: string
  /** The most it may cost, as a ratio to the floor. */
  readonly budget: number | undefined
  readonly prepare: (reference: Reference) => () => unknown
}

// constructors

/** The floor F: reading the input and printing the output, and nothing in between. */
export const floor: Figure = {
  name: 'floor',
  says: 'F: JSON.parse of the OTLP JSON + JSON.stringify of reference transactions',
  budget: undefined,
  prepare:
    ({ requests, transactions }) =>
    () => [
      requests.map((text): unknown => JSON.parse(text)),
      transactions.map((one) => JSON.stringify(one)),
    ],
}

const decode: Figure = {
  name: 'decode',
  says: 'OTLP JSON text -> spans, validated',
  budget: undefined,
  prepare:
    ({ requests }) =>
    () =>
      requests.map(ExportTraceRequest.parse),
}

const otlpJson: Figure = {
  name: 'otlp-json',
  says: 'OTLP JSON text -> envelope bytes, validated',
  budget: 1.25,
  prepare: ({ requests }) => {
    const config = Config.decode({ dsn: 'https://key@localhost/1' })
    if (E.isLeft(config)) throw new Error('a bad configuration in the bench')
    const run = Pipeline.ofOtlpJson(config.right)
    return () => requests.map(run)
  },
}

export const all: ReadonlyArray<Figure> = [floor, decode, otlpJson]
