/** The volume of metrics by name: the series and points that came in, and the items that Sentry would count. */
import type { Metric } from '@sentry-exporter/core/Metric'
import { metricVolume } from '@sentry-exporter/core/pipeline'
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as Item from '@sentry-exporter/envelope/Item'
import * as Utf8 from '@sentry-exporter/envelope/Utf8'
import { columnsOf, cut } from '../columns.ts'
import { counted } from '../progress/drawProgress.ts'
import { withoutControls } from '../withoutControls.ts'

// model

export interface MetricRow {
  readonly name: string
  readonly series: number
  readonly points: number
  readonly items: number
}

/** The rows of further names are added up. */
const MAX_ROWS = 30

const MAX_NAME = 60

const COUNT_COLUMNS = 12

// constructors

/** A row for each name, those with the most items first. */
export const of = (
  metrics: ReadonlyArray<Metric>,
  envelopes: ReadonlyArray<Envelope.Envelope<Item.Content>>,
): ReadonlyArray<MetricRow> => {
  const volume = metricVolume(metrics)
  const items = itemsByName(envelopes)
  return [...new Set([...volume.keys(), ...items.keys()])]
    .map((name) => {
      const { series, points } = volume.get(name) ?? { series: 0, points: 0 }
      return { name, series, points, items: items.get(name) ?? 0 }
    })
    .sort((a, b) => b.items - a.items || b.points - a.points)
}

const itemsByName = (
  envelopes: ReadonlyArray<Envelope.Envelope<Item.Content>>,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const item of envelopes.flatMap(({ items }) => items)) {
    if (item.header.type !== 'trace_metric') continue
    // This program printed the payload.
    const { items } = JSON.parse(Utf8.decode(Item.joined(item).payload)) as PrintedMetrics
    for (const { name } of items) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

interface PrintedMetrics {
  readonly items: ReadonlyArray<{ readonly name: string }>
}

// encoding

/** The lines of a table, with the sums at its end; none without metrics. */
export const draw = (rows: ReadonlyArray<MetricRow>): ReadonlyArray<string> => {
  if (rows.length === 0) return []
  const shown = rows.slice(0, MAX_ROWS).map((row) => ({ ...row, name: shownName(row.name) }))
  const more = rows.slice(MAX_ROWS)
  const lines = [
    ...shown,
    ...(more.length === 0 ? [] : [sumOf(`${counted(more.length)} more names`, more)]),
    ...(rows.length === 1 ? [] : [sumOf('all', rows)]),
  ]
  const columns = Math.max(...lines.map(({ name }) => columnsOf(name)), 'metric'.length)
  const line = (name: string, cells: ReadonlyArray<string>): string =>
    `${name}${' '.repeat(columns - columnsOf(name))}${cells.map((cell) => cell.padStart(COUNT_COLUMNS)).join('')}`
  return [
    line('metric', ['series', 'points', 'items']),
    ...lines.map(({ name, series, points, items }) =>
      line(name, [series, points, items].map(counted)),
    ),
  ]
}

const shownName = (name: string): string =>
  cut(withoutControls(name).replace(/\s+/g, ' '), MAX_NAME)

const sumOf = (name: string, rows: ReadonlyArray<MetricRow>): MetricRow =>
  rows.reduce(
    (sum, { series, points, items }) => ({
      name,
      series: sum.series + series,
      points: sum.points + points,
      items: sum.items + items,
    }),
    { name, series: 0, points: 0, items: 0 },
  )
