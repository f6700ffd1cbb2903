import { resource, span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/Operation.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import type { Span } from '../../src/model/Span.ts'

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
  [{ 'http.request.method': 'GET' }, 'PRODUCER', 'http'],
  [
    { 'http.request.method': 'GET', 'sentry.http.prefetch': true },
    'CLIENT',
    'http.client.prefetch',
  ],
  [{ 'http.request.method': 'POST', 'graphql.operation.name': 'Cart' }, 'SERVER', 'http.server'],
  [
    { 'graphql.operation.type': 'query', 'graphql.document': '{ a }' },
    'INTERNAL',
    'graphql.execute',
  ],
  [{ 'graphql.field.name': 'price' }, 'INTERNAL', 'graphql.resolve'],
  [{ 'db.system.name': 'redis', 'gen_ai.operation.name': 'chat' }, 'CLIENT', 'db'],
  [{ 'rpc.system': 'grpc' }, 'CLIENT', 'rpc'],
  [{ 'rpc.system.name': 'grpc', 'rpc.method': 'shop.Orders/Get' }, 'CLIENT', 'rpc'],
  [{ 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'openai' }, 'CLIENT', 'gen_ai.chat'],
  [{ 'gen_ai.operation.name': 'text_completion' }, 'CLIENT', 'gen_ai.text_completion'],
  [{ 'gen_ai.operation.name': 'invoke_agent' }, 'INTERNAL', 'gen_ai.invoke_agent'],
  [{ 'gen_ai.operation.name': 'execute_tool' }, 'INTERNAL', 'gen_ai.execute_tool'],
  [{ 'gen_ai.operation.name': 'embeddings' }, 'CLIENT', 'gen_ai.embeddings'],
  [{ 'gen_ai.provider.name': 'openai' }, 'CLIENT', 'gen_ai'],
  [{ 'gen_ai.system': 'openai' }, 'CLIENT', 'gen_ai'],
  [{ 'gen_ai.operation.type': 'agent' }, 'CLIENT', 'gen_ai'],
  [{ 'ai.operationId': 'ai.generateText' }, 'INTERNAL', 'gen_ai.invoke_agent'],
  [{ 'ai.operationId': 'ai.streamText.doStream' }, 'INTERNAL', 'gen_ai.generate_content'],
  [{ 'ai.operationId': 'ai.toolCall' }, 'INTERNAL', 'gen_ai.execute_tool'],
  [{ 'ai.operationId': 'ai.embedMany.doEmbed' }, 'INTERNAL', 'gen_ai.embeddings'],
  [
    { 'mcp.method.name': 'tools/call', 'gen_ai.operation.name': 'execute_tool' },
    'SERVER',
    'mcp.server',
  ],
  [{ 'faas.trigger': 'http', 'cloud.provider': 'gcp' }, 'SERVER', 'function.gcp'],
  [{ 'faas.trigger': 'datasource', 'cloud.provider': 'alibaba_cloud' }, 'SERVER', 'datasource'],
  [{ 'sentry.op': '', 'rpc.service': 'x' }, 'SERVER', 'rpc'],
  [{ 'http.request.method': 7 }, 'SERVER', undefined],
  [{ 'http.request.method': '' }, 'SERVER', undefined],
  [{}, 'INTERNAL', undefined],
]

for (const [attributes, kind, op] of ROWS) {
  of(`${JSON.stringify(attributes)} of kind ${kind} is ${op}`, () => {
    assert.is(_.of(span({ attributes, kind })), op)
  })
}

of('knows the steps of a GraphQL server by their names', () => {
  for (const step of ['execute', 'parse', 'validate', 'resolve']) {
    assert.is(_.of(span({ name: `graphql.${step}` })), `graphql.${step}`)
  }
  assert.is(_.of(span({ name: 'graphql.resolve user.name' })), 'graphql.resolve')
  assert.is(_.of(span({ name: 'graphql.parseSchema' })), 'graphql.parse')
  assert.is(_.of(span({ name: 'graphql.other' })), 'graphql.execute')
})

of('finds the platform of a function in its resource', () => {
  const attributes = { 'faas.trigger': 'timer' }
  assert.is(
    _.of(span({ attributes, resource: resource('f', { 'cloud.provider': 'azure' }) })),
    'function.azure',
  )
})

of.run()
