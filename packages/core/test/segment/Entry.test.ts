import { resource, span, spanId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Span } from '../../src/model/Span.ts'
import * as _ from '../../src/segment/Entry.ts'

const PARENT = spanId(9)
const LOCAL = 0x101
const REMOTE = 0x301
const SAMPLED = 0x001

const evidence = (fields: Partial<Span>): _.Evidence => {
  const one = span(fields)
  return { parentSpanId: one.parentSpanId, traits: _.traitsOf(one) }
}

const child = (fields: Partial<Span>): _.Evidence => evidence({ parentSpanId: PARENT, ...fields })

const other = resource('other')

const resolve = suite('Entry.resolve')

// name, span, its parent, the rule that makes it an entry
const ROWS: ReadonlyArray<
  readonly [string, Partial<Span>, Partial<Span> | undefined, _.EntryRule | undefined]
> = [
  ['remote flag', { flags: REMOTE, kind: 'SERVER' }, {}, 'remote-parent'],
  ['remote flag, whatever the kind', { flags: REMOTE, kind: 'INTERNAL' }, {}, 'remote-parent'],
  ['local flag', { flags: LOCAL, kind: 'CLIENT' }, {}, undefined],
  ['local flag, parent missing', { flags: LOCAL, kind: 'CLIENT' }, undefined, undefined],
  [
    'local flag, parent of another service',
    { flags: LOCAL, kind: 'INTERNAL' },
    { resource: other },
    undefined,
  ],
  [
    'local flag on a server, parent known',
    { flags: LOCAL, kind: 'SERVER' },
    { kind: 'CLIENT' },
    undefined,
  ],
  [
    'local flag on a server, parent missing',
    { flags: LOCAL, kind: 'SERVER' },
    undefined,
    'flag-conflict',
  ],
  [
    'local flag on a consumer, parent elsewhere',
    { flags: LOCAL, kind: 'CONSUMER' },
    { resource: other },
    'flag-conflict',
  ],
  ['no flag, server, parent missing', { kind: 'SERVER' }, undefined, 'receiver'],
  ['no flag, server under a client', { kind: 'SERVER' }, { kind: 'CLIENT' }, 'receiver'],
  ['no flag, server under a server', { kind: 'SERVER' }, { kind: 'SERVER' }, undefined],
  ['no flag, server under an internal span', { kind: 'SERVER' }, { kind: 'INTERNAL' }, undefined],
  [
    'no flag, server under a server elsewhere',
    { kind: 'SERVER' },
    { kind: 'SERVER', resource: other },
    'receiver',
  ],
  ['no flag, consumer under a producer', { kind: 'CONSUMER' }, { kind: 'PRODUCER' }, 'receiver'],
  ['no flag, internal, parent missing', { kind: 'INTERNAL' }, undefined, undefined],
  [
    'no flag, internal, parent elsewhere',
    { kind: 'INTERNAL' },
    { resource: other },
    'other-service',
  ],
  ['no flag, internal, parent known', { kind: 'INTERNAL' }, {}, undefined],
  [
    'sampled flag alone decides nothing',
    { flags: SAMPLED, kind: 'INTERNAL' },
    { resource: other },
    'other-service',
  ],
]

for (const [name, fields, parent, rule] of ROWS) {
  resolve(name, () => {
    assert.is(
      _.resolve(child(fields), parent === undefined ? undefined : evidence(parent).traits),
      rule,
    )
  })
}

resolve('a span without a parent is an entry, whatever its flags', () => {
  assert.is(_.resolve(evidence({ flags: LOCAL }), undefined), 'no-parent')
})

resolve.run()
