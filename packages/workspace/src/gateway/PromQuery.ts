/**
 * The names in a query of PromQL: the metrics that it selects, with the labels that it compares, and the labels by which it groups.
 * Source: prometheus.io/docs/prometheus/latest/querying/basics.
 */

// model

interface MetricSelector {
  readonly metric: string
  /** The comparisons in braces: a label, and the values that its text or its alternatives name. */
  readonly matchers: ReadonlyArray<{
    readonly label: string
    readonly values: ReadonlyArray<string>
  }>
}

export interface PromQuery {
  readonly selectors: ReadonlyArray<MetricSelector>
  /** Labels behind `by` and `without`. */
  readonly groups: ReadonlyArray<string>
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'and',
  'or',
  'unless',
  'bool',
  'offset',
])

// decoding

/** Functions and aggregations are names before a parenthesis. Durations are in brackets. */
export const parse = (query: string): PromQuery => {
  const groups: Array<string> = []
  const rest = query
    .replace(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g, (_whole, labels: string) => {
      groups.push(...labels.split(',').map((label) => label.trim()))
      return ''
    })
    .replace(/\[[^\]]*\]/g, '')
  const names = rest.matchAll(/(?<![\w$".])([a-zA-Z_:][\w:]*)(?!\w)\s*(\(|\{[^}]*\}|\b)?/g)
  const selectors = [...withoutTexts(rest, names)].map(([, metric = '', braces = '']) => ({
    metric,
    matchers: [...braces.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"/g)].map(
      ([, label = '', text = '']) => ({ label, values: text.split('|') }),
    ),
  }))
  return { selectors, groups }
}

/** The names that are metrics: not inside of braces, no keyword, no function. */
const withoutTexts = function* (
  query: string,
  names: Iterable<RegExpMatchArray>,
): Generator<RegExpMatchArray> {
  const inside = [...query.matchAll(/\{[^}]*\}/g)].map(
    ({ index, 0: text }) => [index, index + text.length] as const,
  )
  for (const found of names) {
    const { index = 0 } = found
    const [, name = '', after] = found
    const isInside = inside.some(([from, to]) => index > from && index < to)
    if (!isInside && after !== '(' && !KEYWORDS.has(name)) yield found
  }
}
