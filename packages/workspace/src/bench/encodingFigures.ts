/** Figures of the whole way, from the bytes of requests to the bytes of envelopes, in both encodings of OTLP. */

import * as Hooks from '@sentry-exporter/core/Hooks'
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import { allocated } from './allocated.ts'
import { encoded, optionsOf } from './encoded.ts'
import type { Figure } from './Figure.ts'
import * as inputs from './inputs.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'

// model

type Inputs = (reference: Reference) => inputs.EncodedRequests

type Options = ReturnType<typeof optionsOf>

// constructors

/** Each request for itself, all its spans at once. */
const traced =
  (encoding: Encoding, inputsOf: Inputs, options: Options = optionsOf(Limits.gateway)) =>
  (reference: Reference): Round => {
    const { [encoding]: requests, items: spans } = inputsOf(reference)
    const assemble = Pipeline.assembleBytes(options)
    return {
      spans,
      run: () =>
        requests.map((bytes) => {
          const made = assemble(bytes, encoding)
          return E.isLeft(made) ? 0 : encoded(made.right.assembled.envelopes)
        }),
    }
  }

const collector: Options = { ...optionsOf(Limits.gateway), mapping: Mapping.collector }

/** A hook that reads and returns each span. */
const hooked: Options = {
  ...optionsOf(Limits.gateway),
  hooks: { ...Hooks.defaults, span: (span: Span) => (span.name === '' ? O.none : O.some(span)) },
}

/** The whole way of the reference data, and of its spans without events. */
export const encodingFigures: ReadonlyArray<Figure> = [
  {
    name: 'otlp-json',
    description: 'OTLP JSON bytes -> envelope bytes: the reference data, errors and everything on',
    floor: 'floor',
    budget: 1.7,
    prepare: traced('json', inputs.reference),
  },
  {
    name: 'otlp-protobuf',
    description: 'OTLP protobuf bytes -> envelope bytes: the same',
    floor: 'floor',
    budget: 0.95,
    prepare: traced('protobuf', inputs.reference),
  },
  {
    name: 'otlp-json-hook',
    description: 'otlp-json with a span hook',
    floor: 'floor',
    budget: 1.9,
    prepare: traced('json', inputs.reference, hooked),
  },
  {
    name: 'lean-json',
    description: 'OTLP JSON bytes -> envelope bytes: the reference spans without events',
    floor: 'floor',
    budget: 1.5,
    prepare: traced('json', inputs.withoutEvents),
  },
  {
    name: 'lean-protobuf',
    description: 'OTLP protobuf bytes -> envelope bytes: the same',
    floor: 'floor',
    budget: 0.8,
    prepare: traced('protobuf', inputs.withoutEvents),
  },
  {
    name: 'collector',
    description: 'what Mapping.collector costs more than the default, in otlp-json',
    floor: 'floor',
    beyond: 'otlp-json',
    budget: 0.6,
    prepare: traced('json', inputs.reference, collector),
  },
  {
    name: 'shop-json',
    description: 'OTLP JSON bytes -> envelope bytes: the recorded shop',
    floor: 'floor-shop',
    budget: undefined,
    prepare: traced('json', inputs.shop),
  },
  {
    name: 'shop-protobuf',
    description: 'OTLP protobuf bytes -> envelope bytes: the same',
    floor: 'floor-shop',
    budget: undefined,
    prepare: traced('protobuf', inputs.shop),
  },
  {
    name: 'allocated-json',
    isMemory: true,
    description: 'otlp-json: bytes that are allocated for a span',
    floor: undefined,
    budget: undefined,
    prepare: allocated(traced('json', inputs.reference)),
  },
  {
    name: 'allocated-protobuf',
    isMemory: true,
    description: 'otlp-protobuf: bytes that are allocated for a span',
    floor: undefined,
    budget: undefined,
    prepare: allocated(traced('protobuf', inputs.reference)),
  },
]
