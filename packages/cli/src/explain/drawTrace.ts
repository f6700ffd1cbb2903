/** An explained trace for a terminal of 100 columns. */

import { withoutControls } from '../withoutControls.ts'
import * as Explanation from './Explanation.ts'

// model

/** How emphasis is shown: by colour on a terminal, not at all elsewhere. */
export interface Style {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

// constructors

export const plain: Style = { strong: (text) => text, faint: (text) => text }

export const coloured: Style = {
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
}

// destructors

/** The lines of a trace: two or three for each transaction. Iterative. */
export const drawTrace =
  (style: Style) =>
  (trace: Explanation.ExplainedTrace): ReadonlyArray<string> => {
    const lines = [
      style.strong(
        `trace ${trace.traceId}  ${counted(trace.spans, 'span')}, ${counted(trace.transactions, 'transaction')}, ${counted(trace.errors, 'error')}`,
      ),
    ]
    const open = [...trace.tops].reverse().map((one) => ({ one, depth: 0 }))
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      lines.push(...drawTransaction(style, next.one, next.depth))
      const depth = next.depth + 1
      open.push(...[...next.one.below].reverse().map((one) => ({ one, depth })))
    }
    return lines
  }

const COLUMNS = 100

const MAX_DEPTH = 15

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
  const folded = foldedLine(one.folded)
  return [
    cut(`${indent}${one.name}  ${facts}  ${size}`, COLUMNS),
    style.faint(cut(`${indent}  ${Explanation.because(one.why)}`, COLUMNS)),
    ...(folded === '' ? [] : [style.faint(cut(`${indent}  ${folded}`, COLUMNS))]),
  ]
}

const MAX_FOLDED = 4

const foldedLine = (folded: Explanation.ExplainedTransaction['folded']): string => {
  const shown = folded
    .slice(0, MAX_FOLDED)
    .map(({ what, count }) => `${count} x ${what.slice(0, 40)}`)
  const others = folded.slice(MAX_FOLDED).reduce((sum, { count }) => sum + count, 0)
  return [...shown, ...(others > 0 ? [`${others} others`] : [])].join(', ')
}

const cut = (text: string, columns: number): string => {
  const line = withoutControls(text.trimEnd())
  return line.length > columns ? `${line.slice(0, columns - 3)}...` : line
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
