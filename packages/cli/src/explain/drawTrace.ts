/** Prints an explained trace for a terminal of 100 columns. */
import { cut } from '../columns.ts'
import { withoutControls } from '../withoutControls.ts'
import * as Explanation from './Explanation.ts'

// model

/** How emphasis is printed: with escape sequences on a terminal, without them elsewhere. */
export interface Style {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

// constructors

export const plain: Style = { strong: (text) => text, faint: (text) => text }

export const ansi: Style = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
}

// encoding

const COLUMNS = 100

/** Deeper transactions keep this indent. */
const MAX_DEPTH = 15

const MAX_KINDS = 4

const MAX_KIND_COLUMNS = 40

/** The lines of a trace: two or three for each transaction. Iterative. */
export const drawTrace =
  (style: Style) =>
  (trace: Explanation.ExplainedTrace): ReadonlyArray<string> => {
    const lines = [
      style.strong(
        `trace ${trace.traceId}  ${counted(trace.spans, 'span')}, ${counted(trace.transactions, 'transaction')}, ${counted(trace.errors, 'error')}`,
      ),
    ]
    const open = [...trace.roots].reverse().map((one) => ({ one, depth: 0 }))
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      lines.push(...drawTransaction(style, next.one, next.depth))
      const depth = next.depth + 1
      open.push(...[...next.one.children].reverse().map((one) => ({ one, depth })))
    }
    return lines
  }

const drawTransaction = (
  style: Style,
  one: Explanation.ExplainedTransaction,
  depth: number,
): ReadonlyArray<string> => {
  const indent = '  '.repeat(Math.min(depth, MAX_DEPTH) + 1)
  const size = [
    counted(one.spans, 'span'),
    `${Math.ceil(one.bytes / 1024)} KiB`,
    ...(one.errors > 0 ? [counted(one.errors, 'error')] : []),
  ].join(', ')
  const facts = [one.op, one.service].filter((fact) => fact !== undefined).join('  ')
  const kinds = kindsLine(one.kinds)
  return [
    fit(`${indent}${one.name}  ${facts}  ${size}`),
    style.faint(fit(`${indent}  ${Explanation.because(one.origin)}`)),
    ...(kinds === '' ? [] : [style.faint(fit(`${indent}  ${kinds}`))]),
  ]
}

const kindsLine = (kinds: Explanation.ExplainedTransaction['kinds']): string => {
  const printed = kinds
    .slice(0, MAX_KINDS)
    .map(({ kind, count }) => `${count} x ${cut(kind, MAX_KIND_COLUMNS)}`)
  const others = kinds.slice(MAX_KINDS).reduce((sum, { count }) => sum + count, 0)
  return [...printed, ...(others > 0 ? [`${others} others`] : [])].join(', ')
}

const fit = (text: string): string => cut(withoutControls(text.trimEnd()), COLUMNS)

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
