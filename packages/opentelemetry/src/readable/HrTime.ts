/** The times of the SDK: whole seconds and nanoseconds. A double of nanoseconds would lose digits; the two parts do not. */
import * as Micros from '@sentry-exporter/core/Micros'
import * as Findings from './Findings.ts'
import type { HrTimeLike } from './ReadableSpan.ts'

// decoding

/** The nanoseconds that `toMicros` cuts off, from 0 to 999; 0 for a value that is no time. */
export const nanosAfter = (time: HrTimeLike | undefined): number => {
  const nanos = Math.trunc(time?.[1] ?? Number.NaN)
  return nanos >= 0 ? nanos % 1000 : 0
}

/** Digits finer than a microsecond are cut off. A value that is no time gives zero and a finding. */
export const toMicros = (
  findings: Findings.Findings,
  time: HrTimeLike | undefined,
  path: string,
): Micros.Micros => {
  // hot: twice for each span
  const seconds = Math.trunc(time?.[0] ?? Number.NaN)
  const nanos = Math.trunc(time?.[1] ?? Number.NaN)
  const micros = seconds * 1e6 + Math.floor(nanos / 1000)
  if (micros >= 0) return Micros.of(micros)
  Findings.skip(findings, path, 'seconds and nanoseconds since 1970', time)
  return Micros.zero
}
