import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const NAME = 'zipkin-shared-span-id'

const SHARED = '0600000000000001'

interface Shown {
  readonly transaction: string
  readonly transaction_info: { readonly source: string }
  readonly contexts: {
    readonly trace: { readonly span_id: string; readonly parent_span_id?: string }
  }
  readonly tags: { readonly 'service.name'?: string }
  readonly spans: ReadonlyArray<{
    readonly span_id: string
    readonly parent_span_id: string
    readonly description: string
  }>
}

/** The transactions of a report, by name. The cast names the fields that the test reads. */
const shown = ({ transactions }: Report.DeliveredReport): ReadonlyArray<Shown> =>
  (transactions as ReadonlyArray<unknown> as ReadonlyArray<Shown>)
    .slice()
    .sort((a, b) => (a.transaction < b.transaction ? -1 : 1))

const check = (report: Report.DeliveredReport): void => {
  assert.equal(report.problems, [])
  assert.is(report.outcome.rejected.duplicate, undefined)
  const [server, client, ...others] = shown(report)
  assert.equal(others, [])
  if (server === undefined || client === undefined) throw new Error('two transactions are sent')
  assert.is(client.transaction, 'GET http://basket/basket/7')
  assert.is(client.contexts.trace.span_id, SHARED)
  assert.equal(client.spans, [])
  assert.is(server.transaction, 'GET /basket/{id}')
  assert.is(server.transaction_info.source, 'route')
  assert.is(server.contexts.trace.parent_span_id, SHARED)
  assert.is.not(server.contexts.trace.span_id, SHARED)
  assert.equal(
    server.spans.map((span) => [span.description, span.parent_span_id]),
    [['SELECT item FROM basket', server.contexts.trace.span_id]],
  )
}

/** The request with its spans in another order: each in a resource and a scope of its own. */
const permuted = (order: ReadonlyArray<number>): string => {
  const { resourceSpans } = JSON.parse(Report.body(NAME))
  const spans = resourceSpans.flatMap((one: Resource) =>
    one.scopeSpans.flatMap(({ scope, spans: all }) =>
      all.map((span) => ({ resource: one.resource, scopeSpans: [{ scope, spans: [span] }] })),
    ),
  )
  return JSON.stringify({ resourceSpans: order.map((index) => spans[index]) })
}

interface Resource {
  readonly resource: unknown
  readonly scopeSpans: ReadonlyArray<{
    readonly scope: unknown
    readonly spans: ReadonlyArray<unknown>
  }>
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
]

const test = suite('report: the halves of a call share a span id (Zipkin, B3)')

test('both halves are transactions, and the query is below the server', async () => {
  check(await Report.deliver(NAME, { assembly: 'gateway' }))
  check(await Report.deliver(NAME))
})

test('the order of arrival changes nothing', async () => {
  const bodies = await Promise.all(
    ORDERS.map(async (order) => {
      const report = await Report.deliverBody(permuted(order), { assembly: 'gateway' })
      check(report)
      return report.sent
    }),
  )
  assert.is(new Set(bodies).size, 1)
})

test.run()
