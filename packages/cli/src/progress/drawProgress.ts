/** Progress as one line of text. */
import { cut } from '../columns.ts'

// model

/** How far a piece of work is. */
export interface ProgressState {
  /** One word: `read`, `send`. */
  readonly phase: string
  /** From 0 to 1; `undefined` if the end is not known. */
  readonly share: number | undefined
  /** As text: `9.2 of 117.1 MB`. */
  readonly amount: string
  /** Spans that are done; `undefined` where no rate is shown. */
  readonly spans: number | undefined
  /** Since the phase began. */
  readonly seconds: number
}

const MIN_BAR = 10

const MAX_BAR = 30

// encoding

/** `send [######----]  60 %  6,000 of 10,000 spans  2,000 spans/s  0:02 left`, in at most this many columns. */
export const drawBar = (state: ProgressState, columns: number): string => {
  const { phase, share } = state
  if (share === undefined) return cut([phase, ...factsOf(state)].join('  '), columns)
  const text = [percent(share).padStart(5), ...factsOf(state)].join('  ')
  const room = Math.min(MAX_BAR, columns - phase.length - text.length - ' [] '.length)
  if (room < MIN_BAR) return cut(`${phase} ${text}`, columns)
  const filled = Math.floor(Math.min(1, share) * room)
  return `${phase} [${'#'.repeat(filled)}${'-'.repeat(room - filled)}] ${text}`
}

/** The same without a bar, for a log: `send: 60 %, 6,000 of 10,000 spans, 2,000 spans/s, 0:02 left`. */
export const drawLine = (state: ProgressState): string => {
  const { phase, share } = state
  const facts = [...(share === undefined ? [] : [percent(share)]), ...factsOf(state)]
  return `${phase}: ${facts.join(', ')}`
}

const factsOf = (state: ProgressState): ReadonlyArray<string> => {
  const { amount, spans = 0, seconds } = state
  const rate = seconds > 0 ? Math.round(spans / seconds) : 0
  return [amount, ...(rate > 0 ? [`${counted(rate)} spans/s`] : []), ...timeOf(state)]
}

/** The time that is left, if the rest goes on as fast; the time that passed if the end is not known. */
const timeOf = ({ share, seconds }: ProgressState): ReadonlyArray<string> => {
  if (share === undefined) return [minutes(seconds)]
  return share > 0 && share < 1 ? [`${minutes((seconds * (1 - share)) / share)} left`] : []
}

const percent = (share: number): string => `${Math.floor(Math.min(1, share) * 100)} %`

/** `9.2 of 117.1 MB`, or `9.2 MB`. */
export const bytesRead = (done: number, total: number | undefined): string =>
  total === undefined ? `${megabytes(done)} MB` : `${megabytes(done)} of ${megabytes(total)} MB`

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

/** The share of a total; `undefined` without one. */
export const shareOf = (done: number, total: number | undefined): number | undefined =>
  total === undefined || total === 0 ? undefined : done / total

/** `1:05`, `1:00:05`. */
const minutes = (seconds: number): string => {
  const whole = Math.round(seconds)
  const [hours, minute] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  const second = String(whole % 60).padStart(2, '0')
  return hours === 0
    ? `${minute}:${second}`
    : `${hours}:${String(minute).padStart(2, '0')}:${second}`
}

/** `1,234,567`, in every locale. */
export const counted = (value: number): string => value.toLocaleString('en-US')
