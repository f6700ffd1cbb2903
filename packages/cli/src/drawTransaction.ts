/**
 * Prints a transaction as a tree for a terminal. Children above a number are counted instead.
 *
 * @example
 * ```ts
 * import { drawTransaction } from '@sentry-exporter/cli'
 * import { assemble, Mapping, Micros, Span, SpanId, TraceId } from '@sentry-exporter/core'
 *
 * const span = Span.make({
 *   traceId: TraceId.fromContent(['trace']),
 *   spanId: SpanId.fromContent(['span']),
 *   name: 'import',
 *   startMicros: Micros.fromMillis(1_700_000_000_000),
 *   endMicros: Micros.fromMillis(1_700_000_000_250),
 * })
 * const { transactions } = assemble({ mapping: Mapping.sentry })([span])
 * for (const transaction of transactions) {
 *   console.log(drawTransaction(transaction, { columns: 80, children: 6 }).join()) // import  250.0 ms
 * }
 * ```
 */
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import { columnsOf, cut } from './columns.ts'
import { withoutControls } from './withoutControls.ts'

// model

export interface Drawing {
  /** Columns of the terminal. */
  readonly columns: number
  /** The most children that are printed of one span. The others are counted. */
  readonly children: number
}

/** Deeper spans keep this indent, in characters. */
const MAX_INDENT = 40

// encoding

/** One line for the transaction and one for each printed span. Iterative, since chains may be long. */
export const drawTransaction = (
  transaction: Transaction,
  { columns, children }: Drawing,
): ReadonlyArray<string> => {
  const root = transaction.contexts.trace
  const childrenOf = new Map<string | undefined, Array<SentrySpan>>()
  for (const span of transaction.spans) {
    const siblings = childrenOf.get(span.parent_span_id)
    if (siblings === undefined) childrenOf.set(span.parent_span_id, [span])
    else siblings.push(span)
  }
  const { op, status } = root
  const lines = [
    line(columns, {
      stem: '',
      name: transaction.transaction,
      facts: [op, millis(transaction), failure(status), transaction.release],
    }),
  ]
  const open: Array<Branch> = branches(childrenOf, root.span_id, children, '')
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { span, stem, isLast, hidden } = next
    const joint = isLast ? '└─ ' : '├─ '
    if (span === undefined) {
      lines.push(`${stem}${joint}... ${hidden} more`)
      continue
    }
    lines.push(
      line(columns, {
        stem: stem + joint,
        name: span.description,
        facts: [span.op, millis(span), failure(span.status)],
      }),
    )
    const deeper = stem.length < MAX_INDENT ? stem + (isLast ? '   ' : '│  ') : stem
    open.push(...branches(childrenOf, span.span_id, children, deeper))
  }
  return lines
}

interface Branch {
  /** `undefined` for the line that counts the children that are not printed. */
  readonly span: SentrySpan | undefined
  readonly hidden: number
  readonly stem: string
  readonly isLast: boolean
}

/** In reverse order, since they are popped from the end. */
const branches = (
  childrenOf: ReadonlyMap<string | undefined, ReadonlyArray<SentrySpan>>,
  parent: string,
  max: number,
  stem: string,
): Array<Branch> => {
  const all = childrenOf.get(parent) ?? []
  const printed = all.slice(0, max)
  const hidden = all.length - printed.length
  const lines: Array<Branch> = printed.map((span, index) => ({
    span,
    hidden: 0,
    stem,
    isLast: hidden === 0 && index === printed.length - 1,
  }))
  if (hidden > 0) lines.push({ span: undefined, hidden, stem, isLast: true })
  return lines.reverse()
}

interface Line {
  readonly stem: string
  readonly name: string
  /** Facts about the span; empty ones are left out. */
  readonly facts: ReadonlyArray<string | undefined>
}

const line = (columns: number, { stem, name, facts }: Line): string => {
  const end = facts
    .map((fact) => oneLine(fact ?? ''))
    .filter((fact) => fact !== '')
    .join('  ')
  const room = Math.max(12, columns - columnsOf(stem) - columnsOf(end) - 2)
  return `${stem}${cut(oneLine(name), room)}  ${end}`
}

/** The status of a span that did not end well. */
const failure = (status: string | undefined): string | undefined =>
  status === 'ok' ? undefined : status

const millis = (span: { readonly start_timestamp: number; readonly timestamp: number }): string =>
  `${((span.timestamp - span.start_timestamp) * 1000).toFixed(1)} ms`

const oneLine = (text: string): string => withoutControls(text).replace(/\s+/g, ' ').trim()
