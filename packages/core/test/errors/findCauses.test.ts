import { span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type * as ErrorRules from '../../src/errors/ErrorRules.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Micros from '../../src/model/Micros.ts'
import type { Span } from '../../src/model/Span.ts'
import { assemble } from '../../src/pipeline/assemble.ts'

const FRAMES = '\n\tat shop.Db.query(Db.java:9)\n\tat shop.Orders.store(Orders.java:5)'
const CAUSE = 'java.sql.SQLException: deadlock'
const WRAPPER = `shop.NotStored: not stored\n\tat shop.Orders.store(Orders.java:7)\nCaused by: ${CAUSE}\n\tat shop.Db.query(Db.java:9)\n\t... 1 more`

/** `[id, parent, type, message, stack, message of the status]`. */
type Sketch = readonly [number, number, string?, string?, string?, string?]

const wrapper = (id: number, parent: number): Sketch => [
  id,
  parent,
  'shop.NotStored',
  'not stored',
  WRAPPER,
]

const driver = (id: number, parent: number): Sketch => [
  id,
  parent,
  'java.sql.SQLException',
  'deadlock',
  `${CAUSE}${FRAMES}`,
]

/** A span ends, and records its exception, before its parent does. */
const at = ([id, parent, type = '', message = '', stack = '', status = '']: Sketch): Span =>
  span({
    spanId: spanId(id),
    parentSpanId: parent === 0 ? undefined : spanId(parent),
    name: type === 'java.sql.SQLException' ? 'query' : `span ${id}`,
    startMicros: Micros.of(1_700_000_000_000_000 + id),
    endMicros: Micros.of(1_700_000_000_900_000),
    flags: 0x101,
    resource: {
      ...span({}).resource,
      attributes: { 'service.name': 'shop', 'telemetry.sdk.language': 'java' },
    },
    ...(message === ''
      ? {}
      : {
          status: { code: 'ERROR', message: status },
          events: [
            {
              name: 'exception',
              timeMicros: Micros.of(1_700_000_000_500_000 + id * (parent === 0 ? 100 : 1)),
              attributes: {
                'exception.type': type,
                'exception.message': message,
                'exception.stacktrace': stack,
              },
              droppedAttributes: 0,
            },
          ],
        }),
  })

const run = (
  sketches: ReadonlyArray<Sketch>,
  rules: Partial<ErrorRules.ErrorRules> = {},
): readonly [ReadonlyArray<string>, Record<string, number>] => {
  const { errors, losses } = assemble({ mapping: Mapping.sentry, errors: rules })(sketches.map(at))
  const shown = errors.map(
    ({ contexts, exception }) =>
      `${Number(contexts.trace.span_id)}: ${exception.values.map(({ value }) => value).join(' < ')}`,
  )
  return [shown, losses]
}

const causes = suite('findCauses')

causes('an error below the span of one that names it as its cause is a copy of that cause', () => {
  assert.equal(run([wrapper(1, 0), [2, 1], driver(3, 2)]), [
    ['1: deadlock < not stored'],
    { error_copy: 1 },
  ])
})

causes('of repeated calls the last one is the cause', () => {
  assert.equal(run([wrapper(1, 0), driver(2, 1), driver(3, 1), driver(4, 1)]), [
    ['1: deadlock < not stored', '2: deadlock', '3: deadlock'],
    { error_copy: 1 },
  ])
})

causes(
  'a text of a driver without type and stack is the cause whose message its status has',
  () => {
    const silent: Sketch = [2, 1, '', "error of type 'error' (code: 40P01)", '', 'deadlock']
    assert.equal(run([wrapper(1, 0), silent]), [['1: deadlock < not stored'], { error_copy: 1 }])
  },
)

for (const [title, sketches] of [
  ['elsewhere in the trace', [[1, 0], wrapper(2, 1), driver(3, 1)]],
  ['with another message', [wrapper(1, 0), [2, 1, 'java.sql.SQLException', 'no route', '']]],
  [
    'thrown elsewhere',
    [wrapper(1, 0), [2, 1, 'java.sql.SQLException', 'deadlock', `${CAUSE}\n\tat a.B.c(B.java:1)`]],
  ],
  ['of another type', [wrapper(1, 0), [2, 1, 'shop.Other', 'deadlock', '']]],
  ['whose status has another text', [wrapper(1, 0), [2, 1, '', 'code 7', '', 'no route']]],
] satisfies ReadonlyArray<readonly [string, ReadonlyArray<Sketch>]>) {
  causes(`an error ${title} is another one`, () => {
    assert.is(run(sketches)[0].length, 2)
  })
}

causes('the cause of an error that is ignored stays', () => {
  const [shown] = run([wrapper(1, 0), driver(2, 1)], { ignoreErrors: ['NotStored'] })
  assert.equal(shown, ['2: deadlock'])
})

causes('the innermost of three is in the chain of the outermost', () => {
  const outermost: Sketch = [
    1,
    0,
    'shop.Failed',
    'failed',
    `shop.Failed: failed\n\tat shop.Api.post(Api.java:3)\nCaused by: ${WRAPPER}`,
  ]
  assert.equal(run([outermost, wrapper(2, 1), driver(3, 2)]), [
    ['1: deadlock < not stored < failed'],
    { error_copy: 2 },
  ])
})

causes.run()
