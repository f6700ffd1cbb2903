import { resource, span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/errors/CaptureHistory.ts'
import * as LoggedException from '../../src/errors/LoggedException.ts'
import * as IdMap from '../../src/internal/persistent/IdMap.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Micros from '../../src/model/Micros.ts'
import * as Entry from '../../src/segment/Entry.ts'

const logged = (n: number): LoggedException.LoggedException => {
  const one = LoggedException.of(Mapping.sentry)({
    traceId: traceId(1),
    spanId: spanId(n),
    timeMicros: Micros.of(n),
    severity: 17,
    body: 'it failed',
    attributes: { 'exception.type': 'TypeError' },
    resource: resource('shop'),
  })
  if (one === undefined) throw new Error('no exception in a test')
  return one
}

const idOf = ({ spanId: id, exception }: LoggedException.LoggedException): _.ExceptionId => ({
  spanId: id,
  key: exception.key,
})

const SENT = { spanId: spanId(1), traits: Entry.traitsOf(span({ kind: 'SERVER' })) }

const history = suite('CaptureHistory')

history('remembers captured exceptions until their spans are sent, or for three periods', () => {
  const id = { spanId: spanId(1), key: '0', kind: SENT.traits.kind }
  const marked = _.markCaptured(_.empty, traceId(1), [id])
  assert.ok(_.wasCaptured(marked, traceId(1))(id))
  assert.not.ok(_.wasCaptured(marked, traceId(2))(id))
  assert.not.ok(_.wasCaptured(_.empty, traceId(1))(id))
  const sent = _.forgetSpans(marked, traceId(1), [SENT])
  assert.not.ok(_.wasCaptured(sent, traceId(1))(id))
  const later = _.expire(marked, 100, 100)
  assert.ok(_.wasCaptured(later, traceId(1))(id))
  const last = _.expire(later, 200, 100)
  assert.ok(_.wasCaptured(last, traceId(1))(id))
  assert.not.ok(_.wasCaptured(_.expire(last, 300, 100), traceId(1))(id))
})

history('keeps apart the exceptions of the two halves of a call, which share a span id', () => {
  const [server, client] = [
    { spanId: spanId(1), key: '0', kind: 'SERVER' },
    { spanId: spanId(1), key: '0', kind: 'CLIENT' },
  ] as const
  const marked = _.markCaptured(_.empty, traceId(1), [server, client])
  const sent = _.wasCaptured(_.forgetSpans(marked, traceId(1), [SENT]), traceId(1))
  assert.not.ok(sent(server))
  assert.ok(sent(client))
})

history('remembers captured log records longer than their spans', () => {
  const id = idOf(logged(1))
  const marked = _.markCaptured(_.empty, traceId(1), [id])
  const sent = _.forgetSpans(marked, traceId(1), [SENT])
  assert.ok(_.wasCaptured(sent, traceId(1))(id))
})

history('gives log records that are due and were not captured, once; still knows all', () => {
  const [first, second, third] = [logged(1), logged(2), logged(3)]
  const early = _.addLogged(_.empty, [first, second], 10)
  const all = _.addLogged(early, [third], 20)
  const marked = _.markCaptured(all, traceId(1), [idOf(first)])
  assert.equal(_.takeDue(marked, 9)[0], [])
  const [due, rest] = _.takeDue(marked, 10)
  assert.equal(due, [second])
  assert.equal(_.takeDue(rest, Number.POSITIVE_INFINITY)[0], [third])
  const known = _.loggedIn(rest, traceId(1))
  assert.equal(
    [1, 2, 3, 4].map((n) => known?.(spanId(n))),
    [[first], [second], [third], []],
  )
  assert.is(_.loggedIn(rest, traceId(2)), undefined)
})

history('gives log records in the same order, in whatever order they arrived', () => {
  const one = logged(1)
  const ones = [one, { ...one, exception: { ...one.exception, isFailure: false } }, logged(2)]
  const added = (all: typeof ones): _.CaptureHistory =>
    all.reduce((known, each) => _.addLogged(known, [each], 10), _.empty)
  const [due] = _.takeDue(added(ones), 10)
  const [dueReversed] = _.takeDue(added([...ones].reverse()), 10)
  assert.is(due.length, 3)
  assert.equal(dueReversed, due)
  const ofSpan = (all: typeof ones): unknown => _.loggedIn(added(all), traceId(1))?.(spanId(1))
  assert.equal(ofSpan([...ones].reverse()), ofSpan(ones))
})

const HOUR = 3_600_000

/** A megabyte of stack. With two bytes for a character it counts as two. */
const large = (n: number, trace = 1): LoggedException.LoggedException => {
  const one = logged(n)
  const exception = { ...one.exception, stack: 'x'.repeat(1024 * 1024) }
  return { ...one, traceId: traceId(trace), exception }
}

/** The large exceptions of log records that a history retains, each once. */
const retained = (root: unknown): number => {
  const found = new Set<unknown>()
  const stack = [root]
  while (stack.length > 0) {
    const one = stack.pop()
    if (typeof one !== 'object' || one === null) continue
    if ('stack' in one) found.add(one)
    else stack.push(...Object.values(one))
  }
  return found.size
}

for (const traces of [1, 3, 40]) {
  history(`remembers at most the bytes of two periods of log records, of ${traces} traces`, () => {
    let state = _.empty
    for (let n = 1; n <= 60; n++) {
      const recent = _.expire(state, n, HOUR)
      const [, rest] = _.takeDue(_.addLogged(recent, [large(n, n % traces)], n), n)
      state = rest
      assert.ok(retained(state.logged) <= 10, `${retained(state.logged)} MB`)
    }
    assert.is(_.loggedIn(state, traceId(60 % traces))?.(spanId(60)).length, 1)
    assert.not.ok(_.loggedIn(state, traceId(1))?.(spanId(1)).length)
  })
}

history(
  'gives the oldest log records before they are due, if those that wait hold many bytes',
  () => {
    let state = _.empty
    const given: Array<number> = []
    for (let n = 1; n <= 60; n++) {
      const added = _.addLogged(_.expire(state, n, HOUR), [large(n)], n + 10_000)
      const [due, rest] = _.takeDue(added, n)
      state = rest
      given.push(...due.map(({ exception }) => exception.timeMicros))
      assert.ok(retained(state.waiting) <= 8)
    }
    assert.equal(
      given,
      Array.from({ length: given.length }, (_one, n) => n + 1),
    )
    assert.ok(given.length >= 52)
    const [rest, ended] = _.takeDue(state, Number.POSITIVE_INFINITY)
    assert.is(given.length + rest.length, 60)
    assert.is(ended.waitingBytes, 0)
  },
)

history('remembers a bounded number of captured exceptions, in a few traces or in many', () => {
  for (const traces of [1, 1_000]) {
    let state = _.empty
    const idAt = (n: number): _.ExceptionId => ({ spanId: spanId(n), key: `log:${n}` })
    const CALLS = 300
    const OF_CALL = 1_000
    for (let call = 0; call < CALLS; call++) {
      const ids = Array.from({ length: OF_CALL }, (_one, n) => idAt(call * OF_CALL + n + 1))
      state = _.markCaptured(_.expire(state, call, HOUR), traceId((call % traces) + 1), ids)
    }
    const count = state.captured.periods
      .flatMap(({ content }) => IdMap.entries(content))
      .reduce((sum, [, bySpan]) => sum + IdMap.entries(bySpan).length, 0)
    assert.ok(count <= 102_000 && count >= 50_000, `${count}`)
    assert.ok(_.wasCaptured(state, traceId(((CALLS - 1) % traces) + 1))(idAt(CALLS * OF_CALL)))
  }
})

history.run()
