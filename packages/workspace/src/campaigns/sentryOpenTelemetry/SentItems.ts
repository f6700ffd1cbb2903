/** The contents of requests to Sentry, counted from their bytes, and whether Sentry would keep all of it. */
import * as InMemorySentry from '@sentry-exporter/testing/InMemorySentry'
import { DSN, type SentRequest } from './ComparedExporter.ts'

// model

export interface SentItems {
  readonly transactions: number
  /** Error events. */
  readonly errors: number
  /** `trace span` of each span, once for each time that it was sent. Without the roots that were made for continuations. */
  readonly spans: ReadonlyArray<string>
  /** Transactions of which Sentry would keep less than was sent, or nothing. */
  readonly notWhole: number
}

type Fields = Readonly<Record<string, unknown>>

const LINE_FEED = 0x0a

// decoding

export const of = (requests: ReadonlyArray<SentRequest>): SentItems => {
  let [transactions, errors] = [0, 0]
  const spans: Array<string> = []
  for (const { body } of requests) {
    for (const [type, item] of itemsOf(bytesOf(body))) {
      if (type === 'event') errors++
      if (type !== 'transaction') continue
      transactions++
      const { contexts, spans: children = [] } = item as {
        readonly contexts: { readonly trace: Fields }
        readonly spans?: ReadonlyArray<Fields>
      }
      for (const span of [contexts.trace, ...children]) {
        if (!isSynthetic(span)) spans.push(`${span['trace_id']} ${span['span_id']}`)
      }
    }
  }
  return { transactions, errors, spans, notWhole: judged(requests) }
}

const bytesOf = (body: SentRequest['body']): Buffer => Buffer.from(body)

/** Items with and without a length. */
const itemsOf = (bytes: Buffer): ReadonlyArray<readonly [type: string, item: unknown]> => {
  const items: Array<readonly [string, unknown]> = []
  let at = bytes.indexOf(LINE_FEED) + 1
  while (at > 0 && at < bytes.length) {
    const start = bytes.indexOf(LINE_FEED, at) + 1
    const { type, length } = JSON.parse(bytes.toString('utf8', at, start - 1))
    const found = bytes.indexOf(LINE_FEED, start)
    const end = typeof length === 'number' ? start + length : found === -1 ? bytes.length : found
    items.push([type, JSON.parse(bytes.toString('utf8', start, end))])
    at = end + 1
  }
  return items
}

const isSynthetic = (span: Fields): boolean =>
  (span['data'] as Fields | undefined)?.['sentry_exporter.synthetic'] === true

const judged = (requests: ReadonlyArray<SentRequest>): number => {
  const { username: publicKey, pathname } = new URL(DSN)
  const sentry = InMemorySentry.make({ publicKey, projectId: pathname.slice(1) })
  const nowMillis = Date.now()
  return requests
    .flatMap(
      ({ url, headers, body }) =>
        sentry.receive({ url, headers, body: bytesOf(body) }, nowMillis).verdicts,
    )
    .filter((verdict) => {
      if (verdict._tag === 'Refused') return true
      if (verdict.item.type !== 'transaction') return false
      return verdict._tag === 'Dropped' || (verdict._tag === 'Cut' && verdict.cuts.some(isLoss))
    }).length
}

const isLoss = ({ path, reason }: InMemorySentry.Cut): boolean =>
  path.startsWith('spans') && (reason === 'over-budget' || reason === 'discarded')
