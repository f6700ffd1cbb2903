import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Assembled, assemble } from '@sentry-exporter/core/assemble'
import * as Batch from '@sentry-exporter/core/Batch'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { root } from '../src/house/Workspace.ts'
import * as Recorded from '../src/Recorded.ts'

interface Shop {
  readonly name: string
  readonly spans: ReadonlyArray<Span>
  readonly assembled: Assembled
}

const shop = (name: string): Shop => {
  const recorded = Recorded.all.find((one) => one.name === name)
  if (recorded === undefined) throw new Error(`nothing was recorded as ${name}`)
  const { spans } = Batch.concatAll(
    Recorded.bodies(recorded).map((body) => {
      const batch = ExportTraceRequest.parse(body)
      if (E.isLeft(batch)) throw new Error('recorded input that cannot be read')
      return batch.right
    }),
  )
  return { name, spans, assembled: assemble({ mapping: Mapping.sentry })(spans) }
}

const [older, stable] = [shop('shop-old-json'), shop('shop-new-json')]

/** How many there are of each line. */
const counted = (lines: ReadonlyArray<string>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return counts
}

const transactionsOf = ({ assembled }: Shop): ReadonlyMap<string, number> =>
  counted(
    assembled.transactions.map(({ tags, transaction, transaction_info, contexts }) =>
      [
        tags['service.name'],
        transaction,
        contexts.trace.op ?? '',
        transaction_info.source,
        contexts.trace.status,
      ].join(' | '),
    ),
  )

/** What stands below them, by its operation and status. */
const childrenOf = ({ assembled }: Shop): ReadonlyMap<string, number> =>
  counted(
    assembled.transactions.flatMap(({ spans }) =>
      spans.map(({ op, status }) => `${op ?? ''} | ${status}`),
    ),
  )

const table = (
  head: string,
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): string => {
  const columns = head.split(' | ').length + 2
  const rows = [...new Set([...a.keys(), ...b.keys()])]
    .sort()
    .map((row) => `| ${row} | ${a.get(row) ?? 0} | ${b.get(row) ?? 0} |`)
  return [`| ${head} | older | stable |`, `|${'---|'.repeat(columns)}`, ...rows].join('\n')
}

const page = (): string => `# Both generations of conventions

The same requests to a small shop of two services were recorded twice: with the older semantic conventions of OpenTelemetry
(\`http.method\`, \`db.statement\`) and with the stable ones (\`http.request.method\`, \`db.query.text\`). This is what Sentry
gets of each: the same names, operations, sources and statuses. A test writes this page.

## Transactions

How many there are of each. The older recording has more spans below its report, so it continues once more.

${table('service | name | operation | source | status', transactionsOf(older), transactionsOf(stable))}

## Spans below them

${table('operation | status', childrenOf(older), childrenOf(stable))}

Spans without an operation are those of frameworks and of the application, which Sentry shows as \`default\`.
`

const conventions = suite('recorded input in both conventions')

conventions('has the same names, operations, sources and statuses', () => {
  assert.equal([...transactionsOf(older).keys()].sort(), [...transactionsOf(stable).keys()].sort())
  assert.equal([...childrenOf(older).keys()].sort(), [...childrenOf(stable).keys()].sort())
})

conventions('is what docs/conventions.md says', () => {
  const path = join(root, 'docs', 'conventions.md')
  if (process.env['UPDATE_PAGES'] === '1') writeFileSync(path, page())
  assert.is(readFileSync(path, 'utf8'), page())
})

for (const { name, spans, assembled } of [older, stable]) {
  conventions(
    `${name}: no request, query, message or call of a model is without an operation`,
    () => {
      let asked = 0
      for (const span of spans) {
        const keys = Object.keys(span.attributes)
        const isWork = ['http.method', 'http.request.method', 'db.system', 'db.system.name'].some(
          (key) => key in span.attributes,
        )
        if (!isWork && !keys.some((key) => /^(messaging\.system|gen_ai\.)/.test(key))) continue
        asked++
        assert.match(
          Mapping.sentry.op(span) ?? '',
          /^(http|db|queue|gen_ai)/,
          JSON.stringify(span.attributes),
        )
      }
      assert.ok(asked > 1_000, `${asked}`)
    },
  )

  conventions(`${name}: every event has a release, an environment and a platform`, () => {
    const events = [...assembled.transactions, ...assembled.errors]
    assert.ok(events.length > 50)
    for (const { release, environment, platform, event_id } of events) {
      assert.ok(release !== undefined && environment !== undefined, event_id)
      assert.is(platform, 'node')
    }
  })
}

conventions.run()
