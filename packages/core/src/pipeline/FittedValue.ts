/** Makes the payload of a mapped span, smaller if it would take more than half of a transaction. */
import * as Mapping from '../mapping/Mapping.ts'
import type { Limits } from '../model/Limits.ts'
import type { Span } from '../model/Span.ts'
import type { Payload } from '../segment/Payload.ts'
import { fitSpan } from '../sentry/fitSpan.ts'
import type * as SentrySpan from '../sentry/SentrySpan.ts'
import type * as Repairs from '../size/Repairs.ts'
import { SERVER_ADDS_BYTES } from './NodeMaker.ts'

// model

export interface FittedValue<A> {
  /** The mapping of the spans: without tags if the payload prints them itself. */
  readonly mapping: Mapping.Mapping
  readonly of: (sentrySpan: SentrySpan.SentrySpan, span: Span, repairs: Repairs.Repairs) => A
}

type Fit<A> = (value: A, toSpan: () => SentrySpan.SentrySpan, repairs: Repairs.Repairs) => A

// constructors

/** A payload that is too large is made again from its span. */
export const fitting = <A>(
  payload: Payload<A>,
  { maxSpanBytes }: Pick<Limits, 'maxSpanBytes'>,
): Fit<A> => {
  const maxBytes = Math.floor(maxSpanBytes / 2) - SERVER_ADDS_BYTES
  return (value, toSpan, repairs) => {
    if (payload.bytes(value) <= maxBytes) return value
    repairs.trimmed++
    return payload.of(fitSpan(toSpan(), maxBytes))
  }
}

export const make = <A>(
  mapping: Mapping.Mapping,
  payload: Payload<A>,
  fitted: Fit<A>,
): FittedValue<A> => {
  const { ofTagged } = payload
  const printTags = ofTagged === undefined ? undefined : Mapping.tagsPrinterOf(mapping)
  if (ofTagged === undefined || printTags === undefined) {
    return {
      mapping,
      of: (sentrySpan, _span, repairs) => fitted(payload.of(sentrySpan), () => sentrySpan, repairs),
    }
  }
  return {
    mapping: { ...mapping, spanTags: undefined },
    of: (sentrySpan, span, repairs) => {
      const value = ofTagged(sentrySpan, printTags(span))
      return fitted(value, () => payload.read(value), repairs)
    },
  }
}
