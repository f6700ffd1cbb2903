import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Micros from '../../src/model/Micros.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as Scope from '../../src/model/Scope.ts'
import * as _ from '../../src/model/Span.ts'
import * as SpanId from '../../src/model/SpanId.ts'
import * as SpanStatus from '../../src/model/SpanStatus.ts'
import * as TraceId from '../../src/model/TraceId.ts'

const ids = { traceId: TraceId.fromContent(['a']), spanId: SpanId.fromContent(['a']) }

const make = suite('Span.make')

make('fills in the fields that are not given', () => {
  assert.equal(_.make({ ...ids, name: 'work' }), {
    ...ids,
    parentSpanId: undefined,
    name: 'work',
    kind: 'INTERNAL',
    startMicros: Micros.zero,
    endMicros: Micros.zero,
    status: SpanStatus.unset,
    attributes: {},
    events: [],
    links: [],
    flags: undefined,
    traceState: '',
    droppedAttributes: 0,
    droppedEvents: 0,
    droppedLinks: 0,
    scope: Scope.unknown,
    resource: Resource.unknown,
  })
})

make('keeps the fields that are given', () => {
  const span = _.make({ ...ids, name: 'work', kind: 'SERVER', flags: 0x301, droppedLinks: 2 })
  assert.is(span.kind, 'SERVER')
  assert.is(span.flags, 0x301)
  assert.is(span.droppedLinks, 2)
})

make.run()
