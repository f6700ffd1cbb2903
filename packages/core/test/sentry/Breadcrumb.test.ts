import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as RecordedException from '../../src/exception/RecordedException.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { SpanEvent } from '../../src/model/SpanEvent.ts'
import * as _ from '../../src/sentry/Breadcrumb.ts'

const event = (name: string, attributes: SpanEvent['attributes'], time = 0): SpanEvent => ({
  name,
  timeMicros: Micros.of(time),
  attributes,
  droppedAttributes: 0,
})

const made = suite('Breadcrumb: constructors')

made('a span event becomes one, an exception does not', () => {
  const breadcrumbs = _.ofSpan(
    span({
      spanId: spanId(7),
      startMicros: Micros.of(2_000_000),
      events: [
        event('retry', { attempt: 2 }),
        event('exception', { 'exception.type': 'A' }),
        event('done', {}, 3_000_000),
      ],
    }),
  )
  assert.equal(breadcrumbs, [
    {
      timestamp: 2,
      type: 'default',
      category: 'otel.event',
      message: 'retry',
      data: { attempt: 2, 'otel.span_id': spanId(7) },
    },
    {
      timestamp: 3,
      type: 'default',
      category: 'otel.event',
      message: 'done',
      data: { 'otel.span_id': spanId(7) },
    },
  ])
})

made('an exception shows its type, its message and its level', () => {
  const shown = (type: string, message: string, isFailure: boolean): ReadonlyArray<unknown> => {
    const breadcrumb = _.ofException(spanId(7), {
      ...RecordedException.ofAttributes({ 'exception.type': type, 'exception.message': message }),
      key: '0',
      timeMicros: Micros.of(1_500_000),
      isFailure,
      spanName: 'work',
      language: undefined,
    })
    return [breadcrumb.timestamp, breadcrumb.level, breadcrumb.message]
  }
  assert.equal(shown('A', 'no', true), [1.5, 'error', 'A: no'])
  assert.equal(shown('', 'no', false), [1.5, 'warning', 'no'])
})

made.run()

const some = suite('Breadcrumb: transformations')

const at = (timestamp: number, message = ''): _.Breadcrumb => ({
  timestamp,
  type: 'default',
  category: 'otel.event',
  message,
  data: {},
})

some('are sorted by time, then by their JSON', () => {
  const sorted = _.sort([at(2, 'b'), at(2, 'a'), at(1, 'c')])
  assert.equal(
    sorted.map(({ message }) => message),
    ['c', 'a', 'b'],
  )
})

some('the newest are as many as an event may have, before a time if one is given', () => {
  const sorted = Array.from({ length: 150 }, (_unused, n) => at(n))
  const [all, before] = [_.newest(sorted), _.newest(sorted, 120)]
  assert.equal([all.length, all[0]?.timestamp, all.at(-1)?.timestamp], [100, 50, 149])
  assert.equal([before.length, before[0]?.timestamp, before.at(-1)?.timestamp], [100, 20, 119])
})

some('the newest within a number of bytes', () => {
  const sorted = [at(1), at(2), at(3)]
  const bytes = JSON.stringify(at(1)).length + 1
  assert.equal(_.within(sorted, 2 * bytes), [at(2), at(3)])
  assert.equal(_.within(sorted, 2 * bytes - 1), [at(3)])
  assert.equal(_.within(sorted, 0), [])
})

some.run()
