import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rebatched } from '../../src/bench/rebatched.ts'
import { spansIn } from '../../src/bench/spansOf.ts'

const scope = (name: string, ids: ReadonlyArray<number>): object => ({
  scope: { name },
  spans: ids.map((id) => ({
    traceId: '1'.padStart(32, '0'),
    spanId: String(id).padStart(16, '0'),
    name: `span ${id}`,
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000000000000',
  })),
})

const REQUESTS = [
  {
    resourceSpans: [
      { resource: { attributes: [] }, scopeSpans: [scope('a', [1, 2]), scope('b', [3])] },
    ],
  },
  { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [scope('a', [4, 5])] }] },
].map((request) => JSON.stringify(request))

const namesOf = (requests: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> =>
  requests.map((text) =>
    spansIn('json', new TextEncoder().encode(text)).map(
      (span) => `${span.scope.name} ${span.name}`,
    ),
  )

const test = suite('rebatched')

test('spans stay in their order and in their scope', () => {
  const all = ['a span 1', 'a span 2', 'b span 3', 'a span 4', 'a span 5']
  assert.equal(namesOf(rebatched(REQUESTS, 10)), [all])
  assert.equal(namesOf(rebatched(REQUESTS, 2)), [all.slice(0, 2), all.slice(2, 4), all.slice(4)])
  assert.equal(
    namesOf(rebatched(REQUESTS, 1)),
    all.map((one) => [one]),
  )
})

test('neighbours of one scope are under one scope', () => {
  const [request = ''] = rebatched(REQUESTS, 2)
  assert.is(JSON.parse(request).resourceSpans[0].scopeSpans.length, 1)
})

test.run()
