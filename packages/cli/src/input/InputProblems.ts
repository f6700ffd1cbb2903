/** The lines about everything of a file that could not be read: the first places of each kind. The others are only counted. */
import type { Rejected } from '@sentry-exporter/core/Rejected'
import * as RejectedItem from '@sentry-exporter/core/Rejected'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import * as Capabilities from '../Capabilities.ts'

// model

export interface InputProblems {
  /** The lines about the next part. */
  readonly add: (input: OtlpInput.OtlpInput) => ReadonlyArray<string>
  /** Whether everything was read but for parts of spans, records and metrics. */
  readonly isWhole: () => boolean
  /** Whether the file is a text that is not JSON: it gives nothing to go on with. */
  readonly isNoJson: () => boolean
}

/** Places of each kind that are printed. */
const MAX_PLACES = 20

// constructors

export const make = (given: string): InputProblems => {
  const path = Capabilities.shownPath(given)
  const left = { unread: MAX_PLACES, rejected: MAX_PLACES, parts: MAX_PLACES }
  let isWhole = true
  let isNoJson = false
  const take = <A>(kind: keyof typeof left, all: ReadonlyArray<A> = []): ReadonlyArray<A> => {
    const some = all.slice(0, left[kind])
    left[kind] -= some.length
    return some
  }
  const at = (kind: string, one: Rejected): string => `${kind}: ${path}: ${RejectedItem.show(one)}`
  return {
    add: (input) => {
      const { batch, logs, metrics, unread } = input
      const batches = [batch, logs, metrics]
      const rejected = batches.flatMap((one) => one.rejected)
      isWhole &&= unread.length + rejected.length === 0
      isNoJson ||= isText(input)
      const parts = batches.flatMap((one) => one.invalidParts ?? [])
      return [
        ...take('unread', unread).map((one) => `${path}: ${OtlpInput.showUnread(one)}`),
        ...take('rejected', rejected).map((one) => at('rejected', one)),
        ...take('parts', parts).map((one) => at('left out', one)),
      ]
    },
    isWhole: () => isWhole,
    isNoJson: () => isNoJson,
  }
}

const isText = ({ unread: [first] }: OtlpInput.OtlpInput): boolean =>
  first?.place === '' && first.error._tag === 'NotJson'
