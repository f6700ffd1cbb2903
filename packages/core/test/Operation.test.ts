import { resource, span } from '@sentry-exporter/testkit/arbitrarySpans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Attributes } from '../src/Attributes.ts'
import * as _ from '../src/Operation.ts'
import type { Span } from '../src/Span.ts'

const of = suite('Operation.of')

const ROWS: ReadonlyArray<readonly [Attributes, Span['kind'], string | undefined]> = [
  [{ 'http.request.method': 'GET' }, 'SERVER', 'http.server'],
  [{ 'http.method': 'GET' }, 'SERVER', 'http.server'],
  [{ 'http.request.method': 'GET' }, 'CLIENT', 'http.client'],
  [{ 'http.method': 'GET' }, 'CLIENT', 'http.client'],
  [{ 'http.request.method': 'GET' }, 'INTERNAL', 'http'],
  [{ 'db.system.name': 'postgresql', 'db.query.text': 'SELECT 1' }, 'CLIENT', 'db.query'],
  [{ 'db.system': 'postgresql', 'db.statement': 'SELECT 1' }, 'CLIENT', 'db.query'],
  [{ 'db.system.name': 'redis', 'db.operation.name': 'GET' }, 'CLIENT', 'db.query'],
  [{ 'db.system': 'redis' }, 'CLIENT', 'db'],
  [{ 'db.system': 'redis', 'sentry.op': 'cache.get' }, 'CLIENT', 'cache.get'],
  [{ 'http.request.method': 'POST', 'db.system.name': 'elasticsearch' }, 'CLIENT', 'http.client'],
  [{ 'rpc.service': 'shop.Orders' }, 'SERVER', 'rpc'],
  [
    { 'messaging.system': 'kafka', 'messaging.operation.type': 'send' },
    'PRODUCER',
    'queue.publish',
  ],
  [{ 'messaging.system': 'kafka', 'messaging.operation': 'publish' }, 'PRODUCER', 'queue.publish'],
  [
    { 'messaging.system': 'kafka', 'messaging.operation.type': 'create' },
    'PRODUCER',
    'queue.create',
  ],
  [
    { 'messaging.system': 'kafka', 'messaging.operation.type': 'receive' },
    'CLIENT',
    'queue.receive',
  ],
  [
    { 'messaging.system': 'kafka', 'messaging.operation.type': 'process' },
    'CONSUMER',
    'queue.process',
  ],
  [{ 'messaging.system': 'kafka', 'messaging.operation.type': 'settle' }, 'CLIENT', 'queue.settle'],
  [{ 'messaging.system': 'kafka' }, 'PRODUCER', 'queue.publish'],
  [{ 'messaging.system': 'kafka' }, 'CONSUMER', 'queue.process'],
  [{ 'messaging.system': 'kafka' }, 'INTERNAL', 'queue'],
  [{ 'faas.trigger': 'pubsub' }, 'SERVER', 'pubsub'],
  [{ 'faas.trigger': 'http', 'cloud.provider': 'aws' }, 'SERVER', 'function.aws'],
  [{ 'http.request.method': 7 }, 'SERVER', undefined],
  [{}, 'INTERNAL', undefined],
]

for (const [attributes, kind, op] of ROWS) {
  of(`${JSON.stringify(attributes)} of kind ${kind} is ${op}`, () => {
    assert.is(_.of(span({ attributes, kind })), op)
  })
}

of('finds the platform of a function in its resource', () => {
  const attributes = { 'faas.trigger': 'timer' }
  assert.is(
    _.of(span({ attributes, resource: resource('f', { 'cloud.provider': 'azure' }) })),
    'function.azure',
  )
})

of.run()
