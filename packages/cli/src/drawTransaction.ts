/** A transaction as a small tree for a terminal. Children that are many are folded. */
import type { SentrySpan } from '@sentry-exporter/core/SentrySpan'
import type { Transaction } from '@sentry-exporter/core/Transaction'
import { withoutControls } from './withoutControls.ts'

// model

export interface Drawing {
  /** Columns of the terminal. */
  readonly columns: number
  /** Most children shown of one span; the others are counted. */
  readonly children: number
}

// destructors

/** One line for the transaction and one for each span that is shown. Iterative: chains may be long. */
export const drawTransaction = (
  transaction: Transaction,
  { columns, children }: Drawing,
): ReadonlyArray<string> => {
  const root = transaction.contexts.trace
  const below = new Map<string | undefined, Array<SentrySpan>>()
  for (const span of transaction.spans) {
    const known = below.get(span.parent_span_id)
    if (known === undefined) below.set(span.parent_span_id, [span])
    else known.push(span)
  }
  const lines = [
    line(
      columns,
      '',
      transaction.transaction,
      root.op,
      root.status,
      millis(transaction),
      transaction.release,
    ),
  ]
  const open: Array<Branch> = branches(below, root.span_id, children, '')
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { span, stem, isLast, folded } = next
    const joint = isLast ? '└─ ' : '├─ '
    if (span === undefined) {
      lines.push(`${stem}${joint}... ${folded} more`)
      continue
    }
    lines.push(
      line(columns, stem + joint, span.description, span.op, span.status, millis(span), undefined),
    )
    const deeper = stem.length < MAX_INDENT ? stem + (isLast ? '   ' : '│  ') : stem
    open.push(...branches(below, span.span_id, children, deeper))
  }
  return lines
}

interface Branch {
  /** `undefined` for the line that stands for those that are folded. */
  readonly span: SentrySpan | undefined
  readonly folded: number
  readonly stem: string
  readonly isLast: boolean
}

/** In reverse, to be taken from the end. */
const branches = (
  below: ReadonlyMap<string | undefined, ReadonlyArray<SentrySpan>>,
  parent: string,
  most: number,
  stem: string,
): Array<Branch> => {
  const all = below.get(parent) ?? []
  const shown = all.slice(0, most)
  const folded = all.length - shown.length
  const lines: Array<Branch> = shown.map((span, index) => ({
    span,
    folded: 0,
    stem,
    isLast: folded === 0 && index === shown.length - 1,
  }))
  if (folded > 0) lines.push({ span: undefined, folded, stem, isLast: true })
  return lines.reverse()
}

const MAX_INDENT = 40

const line = (
  columns: number,
  stem: string,
  name: string,
  op: string | undefined,
  status: string | undefined,
  duration: string,
  release: string | undefined,
): string => {
  const facts = [op, duration, status === 'ok' ? undefined : status, release]
    .map((fact) => oneLine(fact ?? ''))
    .filter((fact) => fact !== '')
    .join('  ')
  const room = Math.max(12, columns - stem.length - facts.length - 2)
  const shown = oneLine(name)
  const cut = shown.length > room ? `${shown.slice(0, room - 3)}...` : shown
  return `${stem}${cut}  ${facts}`
}

const millis = (span: { readonly start_timestamp: number; readonly timestamp: number }): string =>
  `${((span.timestamp - span.start_timestamp) * 1000).toFixed(1)} ms`

const oneLine = (text: string): string => withoutControls(text).replace(/\s+/g, ' ').trim()
