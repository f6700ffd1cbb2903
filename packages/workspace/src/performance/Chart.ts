/** Charts as SVG, without scripts and without fonts of their own. */

// model

interface Labelled {
  readonly title: string
  /** For readers who do not see the picture. */
  readonly description: string
  /** Of the values. */
  readonly unit: string
}

export interface LineChart extends Labelled {
  /** Along the horizontal axis, at equal distances. */
  readonly labels: ReadonlyArray<string>
  readonly labelTitle: string
  readonly lines: ReadonlyArray<ChartLine>
}

interface ChartLine {
  readonly name: string
  readonly values: ReadonlyArray<number>
}

export interface BarChart extends Labelled {
  readonly bars: ReadonlyArray<ChartBar>
}

interface ChartBar {
  readonly name: string
  readonly description: string
  readonly value: number
}

const COLORS = ['#2563eb', '#64748b', '#b45309']

const INK = '#1f2937'

const FAINT = '#e2e8f0'

const WIDTH = 760

// encoding

/** The vertical axis begins at zero. */
export const ofLines = ({ labels, labelTitle, lines, ...labelled }: LineChart): string => {
  const { step, count } = scaleOf(lines.flatMap(({ values }) => values))
  const [left, right, top, bottom] = [60, WIDTH - 170, 60, 300]
  const x = (nth: number): number => left + (nth * (right - left)) / Math.max(1, labels.length - 1)
  const y = (value: number): number => bottom - (value * (bottom - top)) / (step * count)
  const grid = Array.from({ length: count + 1 }, (_, nth) => nth * step).flatMap((value) => [
    `<line x1="${left}" y1="${px(y(value))}" x2="${right}" y2="${px(y(value))}" stroke="${FAINT}"/>`,
    text(left - 8, y(value) + 4, String(value), { anchor: 'end' }),
  ])
  const axis = [
    ...labels.map((label, nth) => text(x(nth), bottom + 20, label, { anchor: 'middle' })),
    text((left + right) / 2, bottom + 44, labelTitle, { anchor: 'middle' }),
  ]
  const drawn = lines.flatMap(({ name, values }, nth) => {
    const color = COLORS[nth % COLORS.length] ?? INK
    const points = values.map((value, at) => `${px(x(at))},${px(y(value))}`)
    return [
      `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...values.flatMap((value, at) => [
        `<circle cx="${px(x(at))}" cy="${px(y(value))}" r="4" fill="${color}"/>`,
        text(x(at), y(value) - 10, value.toFixed(1), { anchor: 'middle', color }),
      ]),
      text(right + 14, y(values.at(-1) ?? 0) + 4, name, { color }),
    ]
  })
  return svg(labelled, bottom + 60, [...grid, ...axis, ...drawn])
}

export const ofBars = ({ bars, ...labelled }: BarChart): string => {
  const [left, right, top, height, gap] = [100, WIDTH - 80, 60, 22, 44]
  const { step, count } = scaleOf(bars.map(({ value }) => value))
  const drawn = bars.flatMap(({ name, description, value }, nth) => {
    const y = top + nth * gap
    const width = (value * (right - left)) / (step * count)
    return [
      text(left - 10, y + 16, name, { anchor: 'end' }),
      `<rect x="${left}" y="${y}" width="${px(width)}" height="${height}" rx="2" fill="${COLORS[0]}"/>`,
      text(left + width + 8, y + 16, value.toFixed(2), {}),
      text(left, y + height + 13, description, { size: 11, color: '#475569' }),
    ]
  })
  return svg(labelled, top + bars.length * gap + 16, drawn)
}

const svg = (
  { title, description, unit }: Labelled,
  height: number,
  content: ReadonlyArray<string>,
): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="Helvetica, Arial, DejaVu Sans, sans-serif" role="img" aria-labelledby="title desc">
<title id="title">${escaped(title)}</title>
<desc id="desc">${escaped(description)}</desc>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${text(20, 26, title, { size: 15 })}
${text(20, 44, unit, { size: 11, color: '#475569' })}
${content.join('\n')}
</svg>
`

interface TextStyle {
  readonly anchor?: 'middle' | 'end'
  readonly size?: number
  readonly color?: string
}

const text = (
  x: number,
  y: number,
  content: string,
  { anchor, size = 12, color = INK }: TextStyle,
): string =>
  `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${color}"${anchor === undefined ? '' : ` text-anchor="${anchor}"`}>${escaped(content)}</text>`

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const px = (value: number): string => String(Math.round(value * 10) / 10)

/** Round steps, about five of them, to above the greatest value. */
const scaleOf = (
  values: ReadonlyArray<number>,
): { readonly step: number; readonly count: number } => {
  const max = Math.max(1e-9, ...values)
  const rough = max / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power
  return { step, count: Math.ceil(max / step) }
}
