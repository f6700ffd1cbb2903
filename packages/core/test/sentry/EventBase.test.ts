import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as EventBase from '../../src/sentry/EventBase.ts'
import * as Repairs from '../../src/size/Repairs.ts'

const base = suite('EventBase.of')

base('repairs the values of any mapping, and counts each once', () => {
  const repairs = Repairs.start()
  const made = EventBase.of(
    {
      ...Mapping.sentry,
      environment: () => 'a/b',
      release: () => '..',
      dist: () => 'x y',
      serverName: () => 'x'.repeat(500),
      tags: () => ({ 'a b': 'c\nd', release: 'x', empty: '', [`k${'x'.repeat(300)}`]: 'v' }),
      contexts: () => ({ app: { big: 'x'.repeat(20_000) } }),
    },
    repairs,
  )(resource('shop'))
  assert.is(made.fields.environment, 'a-b')
  assert.is(made.fields.release, undefined)
  assert.is(made.fields.dist, 'x-y')
  assert.is(made.fields.server_name?.length, 200)
  assert.equal(made.fields.tags, { a_b: 'c d', [`k${'x'.repeat(199)}`]: 'v' })
  assert.ok(JSON.stringify(made.resource.app).length <= 8 * 1024)
  assert.equal(repairs, { field: 4, time: 0, trimmed: 1 })
})

base(
  'leaves out contexts of a resource that have the names of those of events, and counts each',
  () => {
    const repairs = Repairs.start()
    const made = EventBase.of(
      {
        ...Mapping.sentry,
        contexts: () => ({
          device: { name: 'd' },
          trace: { trace_id: 'x' },
          replay: { replay_id: 'y' },
          response: { status_code: 200 },
        }),
      },
      repairs,
    )(resource('shop'))
    assert.equal(made.resource, { device: { name: 'd' } })
    assert.equal(repairs, { field: 3, time: 0, trimmed: 0 })
  },
)

base.run()
