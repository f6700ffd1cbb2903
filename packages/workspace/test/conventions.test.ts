import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Assembled, assemble } from '@sentry-exporter/core/assemble'
import * as Batch from '@sentry-exporter/core/Batch'
import type { JsonObject } from '@sentry-exporter/core/Json'
import * as Mapping from '@sentry-exporter/core/Mapping'
import type { Span } from '@sentry-exporter/core/Span'
import * as ExportTraceRequest from '@sentry-exporter/otlp/ExportTraceRequest'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { inOlderConventions } from '../src/inOlderConventions.ts'
import { root } from '../src/lint/Workspace.ts'
import * as Recorded from '../src/Recorded.ts'

interface Shop {
  readonly name: string
  readonly spans: ReadonlyArray<Span>
  readonly assembled: Assembled
}

const spansOf = (name: string): ReadonlyArray<Span> => {
  const recorded = Recorded.all.find((one) => one.name === name)
  if (recorded === undefined) throw new Error(`nothing was recorded as ${name}`)
  return Batch.concatAll(
    Recorded.bodies(recorded).map((body) => {
      const batch = ExportTraceRequest.parse(body)
      if (E.isLeft(batch)) throw new Error('recorded input that cannot be read')
      return batch.right
    }),
  ).spans
}

const toSentry = assemble({ mapping: Mapping.sentry })

const shop = (name: string, spans: ReadonlyArray<Span>): Shop => ({
  name,
  spans,
  assembled: toSentry(spans),
})

const stable = shop('stable', spansOf('shop-new-json'))
const older = shop('older', stable.spans.map(inOlderConventions))
const other = shop('another recording', spansOf('shop-old-json'))

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

/** Their child spans, by operation and status. */
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

Requests to a small shop of two services were recorded with OpenTelemetry's stable semantic conventions
(\`http.request.method\`, \`db.query.text\`). A second input has the same spans with the older attribute names
(\`http.method\`, \`db.statement\`). Both give the same names, operations, sources and statuses in Sentry. A test writes
this page.

## Transactions

The columns *older* and *stable* are counts.

${table('service | name | operation | source | status', transactionsOf(older), transactionsOf(stable))}

## Spans below them

${table('operation | status', childrenOf(older), childrenOf(stable))}

Spans without an operation come from frameworks and from the application. Sentry shows them as \`default\`.
`

/** Roots and the spans below them. */
const byId = ({
  assembled,
}: Shop): ReadonlyMap<string, { readonly description?: string; readonly data?: JsonObject }> =>
  new Map(
    assembled.transactions.flatMap(({ contexts, spans }) =>
      [contexts.trace, ...spans].map((one) => [`${one.trace_id} ${one.span_id}`, one] as const),
    ),
  )

const conventions = suite('both generations of conventions')

conventions('the older recording is really older', () => {
  const keys = (spans: ReadonlyArray<Span>): ReadonlySet<string> =>
    new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)))
  assert.ok(keys(older.spans).has('http.method') && keys(older.spans).has('db.statement'))
  for (const key of keys(older.spans)) {
    assert.not.match(
      key,
      /^(url|server|client)\.|^http\.re(quest\.method$|sponse)|^db\.(system|query)\./,
    )
  }
})

conventions('give the same names, operations, sources, statuses and descriptions', () => {
  assert.equal([...transactionsOf(older)], [...transactionsOf(stable)])
  assert.equal([...childrenOf(older)], [...childrenOf(stable)])
  // Not in their order: larger data is divided at other places.
  const made = byId(older)
  for (const [id, { description }] of byId(stable)) {
    assert.is(made.get(id)?.description, description)
  }
})

conventions('have the same data under the newer names, but for what the server adds itself', () => {
  /** Those that the server renames, or adds (`deprecation` in `model/attributes` of getsentry/sentry-conventions). */
  const byServer =
    /^(http\.request\.method|db\.(query\.text|operation\.name|system\.name)|messaging\..*|gen_ai\.provider\.name)$/
  const made = byId(older)
  for (const [id, { data }] of byId(stable)) {
    for (const [key, value] of Object.entries(data ?? {})) {
      if (!byServer.test(key) && !key.startsWith('sentry_exporter.'))
        assert.equal(made.get(id)?.data?.[key], value, key)
    }
  }
})

conventions('two recordings differ in nothing but how many queries a report made', () => {
  assert.equal([...transactionsOf(other).keys()].sort(), [...transactionsOf(stable).keys()].sort())
  assert.equal([...childrenOf(other).keys()].sort(), [...childrenOf(stable).keys()].sort())
})

conventions('are as docs/conventions.md describes them', () => {
  const path = join(root, 'docs', 'conventions.md')
  if (process.env['UPDATE_PAGES'] === '1') writeFileSync(path, page())
  assert.is(readFileSync(path, 'utf8'), page())
})

for (const { name, spans, assembled } of [older, stable, other]) {
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
