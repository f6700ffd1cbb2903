/** The page `docs/performance.md`, from the figures of one run: figures and page cannot disagree. */
import type { BenchResult } from '../bench/BenchResult.ts'
import type { Figure } from '../bench/Figure.ts'
import { INSTALL } from '../bench/peers/Peers.ts'
import { cores, memory, memoryByRate } from './capacity.ts'
import { isMissed, microsOf, type PerformanceReport } from './PerformanceReport.ts'
import { table } from './table.ts'

// model

interface Row {
  readonly result: BenchResult
  readonly figure: Figure
}

interface Group {
  readonly title: string
  readonly names: RegExp
}

/** The first one that matches a figure has it. */
const GROUPS: ReadonlyArray<Group> = [
  { title: 'Other implementations', names: /^peer-/ },
  { title: 'The size of requests', names: /batch-/ },
  { title: 'Stages', names: /^stage-/ },
  { title: 'A whole exporter', names: /^cpu-/ },
  { title: 'Growth with the number of spans', names: /-(1k|200k)$/ },
  { title: 'Memory', names: /^(allocated|retained|remembered)/ },
  { title: 'Spans over time', names: /^(flush|late)/ },
  { title: 'From bytes to bytes', names: /^/ },
]

/** In the order of the page. */
const TITLES: ReadonlyArray<string> = [
  'From bytes to bytes',
  'Spans over time',
  'Growth with the number of spans',
  'Memory',
  'A whole exporter',
  'The size of requests',
  'Stages',
  'Other implementations',
]

// encoding

/** `all` are the figures of the bench. */
export const page = (report: PerformanceReport, all: ReadonlyArray<Figure>): string => {
  const rows = report.figures.flatMap((result): ReadonlyArray<Row> => {
    const figure = all.find(({ name }) => name === result.name)
    return figure === undefined ? [] : [{ result, figure }]
  })
  return [
    head(report),
    budgets(rows),
    capacity(report),
    ...TITLES.map((title) => section(report, title, rows)),
    METHOD,
  ].join('\n')
}

const head = ({
  date,
  commit,
  machine: { processor, cores: available, memoryGigabytes, node, platform },
}: PerformanceReport): string => `# Performance

The cost of the transformation, its budgets, and the CPU and memory that a number of spans needs. Every number of this page, its
pictures included, is of one run of the bench on ${date}: commit ${commit.slice(0, 12)}, ${processor}, ${available} cores,
${memoryGigabytes} GB, Node ${node.slice(1)}, ${platform}. \`npx --yes pnpm@10.34.9 performance --measure\` measures again and writes it.

F is the floor that costs are compared with: \`JSON.parse\` of the OTLP JSON and \`JSON.stringify\` of the transactions of a lean
exporter, for the same spans. A program that reads JSON and writes JSON costs F before it does anything. A ratio to F is
about the same on another machine, where times differ. Differences below 10 % are noise.
`

const budgets = (rows: ReadonlyArray<Row>): string => {
  const limited = rows.filter(({ result }) => result.budget !== null)
  const missed = limited.filter(({ result }) => isMissed(result))
  return `## Budgets

${sentence(missed.length, limited.length)}
${
  missed.length === 0
    ? ''
    : `
${table(
  ['figure', 'value', 'budget', 'above it'],
  missed.map(({ result }) => [
    `\`${result.name}\``,
    withUnit(result.value, result.unit),
    withUnit(result.budget ?? 0, result.unit),
    `${Math.round((result.value / (result.budget ?? 1) - 1) * 100)} %`,
  ]),
)}
`
}
The sizes of bundles, with their budgets, are on [a page of their own](sizes.md).
`
}

const sentence = (missed: number, limited: number): string => {
  if (missed === 0) return `All ${limited} figures with a budget keep it.`
  return `${missed} of ${limited} figures with a budget ${missed === 1 ? 'misses' : 'miss'} it; the others keep theirs.`
}

const capacity = (report: PerformanceReport): string => `## CPU and memory for a number of spans

Cores of the CPU for an exporter that receives requests of 500 spans, assembles traces of 100, and posts compressed envelopes to
a server on the same machine. All threads of the process count. TLS and a receiver are not included. An error is a request of
its own, so a span that fails costs many times as much as others.

${cores(report)}

JavaScript runs on one core. Compression and sockets use a second one for a part of the time. For more spans than one core
handles, run several processes and send all spans of a trace to the same one.

A span that waits takes its own bytes in buffers, and an entry on the heap:

${memory(report)}

A gateway holds a span until nothing was added to its segment for seven seconds. The memory of what waits, if traces are short:

${memoryByRate(report)}

This is memory in use. A process takes more: Node itself, garbage that is not collected yet, and the queue of envelopes, whose
size is limited (64 MiB by default). Of a process with a full queue and a server that never answers, the
[campaign](design/campaigns/overload.json) measures all of the memory.
`

const section = (report: PerformanceReport, title: string, all: ReadonlyArray<Row>): string => {
  const rows = all.filter(({ figure }) => titleOf(figure) === title)
  const notes = NOTES[title] ?? ''
  if (rows.length === 0) {
    return title === 'Other implementations' ? `## ${title}\n\n${NOT_MEASURED}\n` : ''
  }
  return `## ${title}
${notes === '' ? '' : `\n${notes}\n`}
${table(
  ['figure', 'measured', 'us a span', 'value', 'budget'],
  rows.map(({ result, figure }) => [
    `\`${result.name}\``,
    figure.description,
    microsOf(report, result, figure)?.toFixed(2) ?? '',
    result.unit === 'us' ? '' : withUnit(result.value, result.unit),
    budgetOf(result),
  ]),
)}
`
}

const titleOf = ({ name }: Figure): string =>
  GROUPS.find(({ names }) => names.test(name))?.title ?? ''

const UNITS: Readonly<Record<BenchResult['unit'], string>> = {
  F: 'F',
  us: 'us',
  bytes: 'bytes',
  times: 'times',
}

const withUnit = (value: number, unit: BenchResult['unit']): string =>
  `${unit === 'bytes' ? Math.round(value).toLocaleString('en-US') : value.toFixed(2)} ${UNITS[unit]}`

const budgetOf = (result: BenchResult): string =>
  result.budget === null
    ? ''
    : `${withUnit(result.budget, result.unit)}${isMissed(result) ? ', missed' : ''}`

const NOT_MEASURED = 'Other implementations were not installed in this run.'

const NOTES: Readonly<Record<string, string>> = {
  'From bytes to bytes': `\`otlp\` is the reference data with its exceptions, \`lean\` its spans without events. On all of these paths each attribute is
parsed into a value and printed again. A stack that was read before, below any message, costs little; \`exception-unseen\` is
the cost of one that was not.`,
  'The size of requests': `The same 10,000 spans in traces of 100, in requests of several sizes. Small requests repeat the resource. The values of a large
request outgrow the young generation of the heap, and those of the floor too.

![Cost of a span, by the size of requests](pictures/batch-size.svg)`,
  Stages: `The parts of \`otlp-protobuf\`, each timed on its own, and compression at level 1 of bodies from 4 KiB on.

![Time of each stage](pictures/stages.svg)`,
  'Growth with the number of spans': `All spans of an input arrive before anything is sent. The cost of 200,000 spans is a ratio to F of as many, and its budget
limits the quotient of that ratio to the one of 1,000.`,
  'A whole exporter': 'Microseconds of the CPU, of all threads of the process.',
  Memory: 'Bytes for each span; `allocated` is garbage, the others stay.',
  'Other implementations': `On the same spans, in the same run. None of them makes errors. \`@sentry/opentelemetry\` begins with spans of the SDK in memory
and decodes nothing; it keeps at most 1,000 spans below a root. protobufjs decodes and does nothing else.`,
}

const METHOD = `## Method

- Each figure is measured in a process of its own, since the garbage and the compiled code of one would slow the next. The
  processes of all figures take turns. Figures with a budget, other implementations and what these are divided by are medians of
  three processes; others are the slower of two; figures of 200,000 spans are measured once.
- A process works for 1.5 seconds before it measures (a whole exporter for six, since the threads of the compiler count there);
  then a figure is the median of the rounds of 1.5 seconds.
- The reference data is 20 traces of 100 spans of a shop, in requests of 500 spans, with about 12 attributes a span and an
  exception of 13 lines in one span of twenty. It is checked in and frozen by its hash. \`lean\` is the same without events;
  \`shop\` are the recorded requests of the demo.
- A ratio divides medians of one run. Times of two runs, or of two machines, should not be compared:
  \`npx --yes pnpm@10.34.9 bench --against REF\` compares two commits in turns.
- Other implementations are installed by hand: \`${INSTALL}\`.
`
