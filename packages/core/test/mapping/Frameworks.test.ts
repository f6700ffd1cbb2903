import { resource, span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/mapping/Frameworks.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import type { Attributes } from '../../src/model/Attributes.ts'
import type { Span } from '../../src/model/Span.ts'

interface Row {
  readonly of: string
  readonly name: string
  readonly kind: Span['kind']
  readonly attributes: Attributes
  readonly op: string | undefined
  /** The name of a transaction with this root; the name of the span if left out. */
  readonly transaction?: string
  readonly source?: string
  readonly status?: string
  /** The name of a transaction if left out. */
  readonly description?: string
  readonly scope?: string
  readonly resource?: Attributes
}

const ROWS: ReadonlyArray<Row> = [
  {
    of: 'Spring Boot 3 and 4, Micrometer',
    name: 'http get /api/orders/{id}',
    kind: 'SERVER',
    attributes: {
      exception: 'none',
      'http.url': '/api/orders/1017',
      method: 'GET',
      outcome: 'SERVER_ERROR',
      status: '500',
      uri: '/api/orders/{id}',
    },
    op: 'http.server',
    transaction: 'GET /api/orders/{id}',
    source: 'route',
    status: 'internal_error',
  },
  {
    of: 'Spring Boot 3, no route',
    name: 'http get',
    kind: 'SERVER',
    attributes: { 'http.url': '/x?token=1', method: 'GET', status: '404', uri: 'UNKNOWN' },
    op: 'http.server',
    transaction: 'GET /x',
    source: 'url',
    status: 'not_found',
  },
  {
    of: 'Spring Boot 3, the root',
    name: 'http get',
    kind: 'SERVER',
    attributes: { method: 'GET', uri: 'root', status: '200' },
    op: 'http.server',
    transaction: 'GET /',
    source: 'route',
  },
  {
    of: 'Micrometer, a call',
    name: 'http get',
    kind: 'CLIENT',
    attributes: {
      'client.name': 'stock',
      'http.url': 'http://stock:8080/stock/7',
      method: 'GET',
      status: '200',
      uri: '/stock/{id}',
    },
    op: 'http.client',
    transaction: 'GET /stock/{id}',
    source: 'route',
  },
  {
    of: 'Micrometer, a call without an answer',
    name: 'http get',
    kind: 'CLIENT',
    attributes: { method: 'GET', status: 'CLIENT_ERROR', uri: 'none', 'http.url': 'http://s/7' },
    op: 'http.client',
    transaction: 'GET http://s/7',
    source: 'url',
  },
  {
    of: 'Spring, a method of Java',
    name: 'OrderService#find',
    kind: 'INTERNAL',
    attributes: { class: 'shop.OrderService', method: 'find' },
    op: undefined,
    source: 'custom',
  },
  {
    of: 'Spring Boot 2, Sleuth',
    name: 'get',
    kind: 'SERVER',
    attributes: { 'http.method': 'GET', 'http.path': '/orders/7', 'mvc.controller.method': 'find' },
    op: 'http.server',
    transaction: 'GET /orders/7',
    source: 'url',
  },
  {
    of: 'Micrometer, JDBC',
    name: 'query',
    kind: 'CLIENT',
    attributes: { 'jdbc.query[0]': 'select 1', 'jdbc.row-affected[0]': '0' },
    op: 'db.query',
    source: 'task',
    description: 'select 1',
  },
  {
    of: 'Micrometer, gRPC',
    name: 'shop.Cart/Get',
    kind: 'SERVER',
    attributes: { 'rpc.service': 'shop.Cart', 'grpc.status_code': 'NOT_FOUND' },
    op: 'rpc',
    source: 'route',
    status: 'not_found',
  },
  {
    of: 'Envoy, gRPC',
    name: 'cart.shop.svc.cluster.local:80/*',
    kind: 'SERVER',
    attributes: {
      component: 'proxy',
      'http.method': 'POST',
      'http.url': 'http://cart/shop.Cart/Get',
      'http.status_code': '200',
      'grpc.status_code': '14',
    },
    op: 'http.server',
    transaction: 'POST http://cart/shop.Cart/Get',
    source: 'url',
    status: 'unavailable',
  },
  {
    of: 'Kong, a plugin',
    name: 'kong.access.plugin.rate-limiting',
    kind: 'INTERNAL',
    attributes: {},
    op: 'middleware.kong',
    source: 'custom',
  },
  {
    of: 'NGINX',
    name: '/orders',
    kind: 'SERVER',
    attributes: {
      'http.method': 'GET',
      'http.target': '/orders/7',
      'http.route': '/orders',
      'http.status_code': 502,
    },
    op: 'http.server',
    transaction: 'GET /orders',
    source: 'route',
    status: 'internal_error',
  },
  {
    of: 'Traefik',
    name: 'EntryPoint',
    kind: 'SERVER',
    attributes: { 'http.request.method': 'GET', 'url.path': '/a', entry_point: 'web' },
    op: 'http.server',
    transaction: 'GET /a',
    source: 'url',
  },
  {
    of: 'ASP.NET Core',
    name: 'Microsoft.AspNetCore.Hosting.HttpRequestIn',
    kind: 'SERVER',
    attributes: {
      'http.request.method': 'GET',
      'http.route': 'orders/{id}',
      'url.path': '/orders/7',
    },
    op: 'http.server',
    transaction: 'GET orders/{id}',
    source: 'route',
  },
  {
    of: 'tower-http',
    name: 'request',
    kind: 'INTERNAL',
    attributes: { method: 'GET', uri: '/orders/7?token=1', version: 'HTTP/1.1' },
    op: 'http.server',
    transaction: 'GET /orders/7',
    source: 'url',
  },
  {
    of: 'Redis, a method that HTTP has too',
    name: 'GET',
    kind: 'CLIENT',
    attributes: { method: 'GET', 'db.system': 'redis' },
    op: 'db',
    source: 'task',
  },
  {
    of: 'Celery, the caller',
    name: 'apply_async/billing.charge',
    kind: 'PRODUCER',
    attributes: { 'celery.action': 'apply_async', 'messaging.destination': 'celery' },
    op: 'queue.publish',
    source: 'route',
  },
  {
    of: 'Celery, the worker',
    name: 'run/billing.charge',
    kind: 'CONSUMER',
    attributes: { 'celery.action': 'run', 'messaging.destination': 'celery' },
    op: 'queue.process',
    source: 'route',
  },
  {
    of: 'NServiceBus',
    name: 'process message',
    kind: 'CONSUMER',
    attributes: { 'nservicebus.message_id': 'a' },
    op: 'queue.process',
    source: 'route',
  },
  {
    of: 'RQ',
    name: 'perform_job',
    kind: 'CONSUMER',
    attributes: { 'job.id': '7' },
    op: 'queue.process',
    source: 'route',
  },
  {
    of: 'MassTransit, receiving',
    name: 'orders receive',
    kind: 'CONSUMER',
    attributes: { 'messaging.system': 'rabbitmq', 'messaging.operation': 'receive' },
    op: 'queue.receive',
    source: 'route',
  },
  {
    of: 'Sidekiq',
    name: 'default process',
    kind: 'CONSUMER',
    attributes: { 'messaging.system': 'sidekiq', 'messaging.operation': 'process' },
    op: 'queue.process',
    source: 'route',
  },
  {
    of: 'OpenTracing, a message',
    name: 'To_orders',
    kind: 'PRODUCER',
    attributes: { 'message_bus.destination': 'orders' },
    op: 'queue.publish',
    source: 'route',
  },
  {
    of: 'AWS SDK, SQS without attributes of a message',
    name: 'SQS.SendMessage',
    kind: 'CLIENT',
    attributes: { 'rpc.system': 'aws-api', 'rpc.service': 'SQS', 'rpc.method': 'SendMessage' },
    op: 'queue.publish',
    source: 'route',
  },
  {
    of: 'AWS SDK, SQS with them',
    name: 'orders receive',
    kind: 'CONSUMER',
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': 'SQS',
      'rpc.method': 'ReceiveMessage',
      'messaging.system': 'aws_sqs',
    },
    op: 'queue.receive',
    source: 'route',
  },
  {
    of: 'AWS SDK, SNS',
    name: 'SNS Publish',
    kind: 'PRODUCER',
    attributes: { 'rpc.system': 'aws-api', 'rpc.service': 'AmazonSNS', 'rpc.method': 'Publish' },
    op: 'queue.publish',
    source: 'route',
  },
  {
    of: 'AWS SDK, DynamoDB',
    name: 'DynamoDB.GetItem',
    kind: 'CLIENT',
    attributes: { 'rpc.system': 'aws-api', 'rpc.service': 'DynamoDB', 'rpc.method': 'GetItem' },
    op: 'db.query',
    source: 'route',
  },
  {
    of: 'AWS SDK, S3',
    name: 'S3.GetObject',
    kind: 'CLIENT',
    attributes: { 'rpc.system': 'aws-api', 'rpc.service': 'S3', 'rpc.method': 'GetObject' },
    op: 'rpc',
    source: 'route',
  },
  {
    of: 'Elasticsearch',
    name: 'search orders',
    kind: 'CLIENT',
    attributes: {
      'db.system.name': 'elasticsearch',
      'db.operation.name': 'search',
      'http.request.method': 'POST',
      'url.full': 'http://es:9200/orders/_search',
    },
    op: 'db.query',
    source: 'custom',
    description: 'search orders',
  },
  {
    of: 'Prisma, the operation',
    name: 'prisma:client:operation',
    kind: 'INTERNAL',
    attributes: { method: 'findMany', model: 'Order', name: 'Order.findMany' },
    op: undefined,
    source: 'custom',
  },
  {
    of: 'Prisma 6',
    name: 'prisma:engine:db_query',
    kind: 'CLIENT',
    attributes: { 'db.query.text': 'SELECT 1' },
    op: 'db.query',
    source: 'task',
    description: 'SELECT 1',
  },
  {
    of: 'Prisma 5',
    name: 'prisma:engine:db_query',
    kind: 'INTERNAL',
    attributes: { 'db.statement': 'SELECT 1' },
    op: 'db.query',
    source: 'task',
    description: 'SELECT 1',
  },
  {
    of: 'Next.js, the request',
    name: 'GET /orders/[id]',
    kind: 'SERVER',
    attributes: {
      'next.span_type': 'BaseServer.handleRequest',
      'http.method': 'GET',
      'http.target': '/orders/7',
      'next.route': '/orders/[id]',
    },
    op: 'http.server',
    transaction: 'GET /orders/[id]',
    source: 'route',
  },
  {
    of: 'Next.js, a page',
    name: 'render route (app) /orders/[id]',
    kind: 'INTERNAL',
    attributes: { 'next.span_type': 'AppRender.getBodyResult', 'next.route': '/orders/[id]' },
    op: 'function.nextjs',
    source: 'custom',
  },
  {
    of: 'Next.js, a call',
    name: 'fetch GET https://api/a',
    kind: 'CLIENT',
    attributes: {
      'next.span_type': 'AppRender.fetch',
      'http.method': 'GET',
      'http.url': 'https://api/a',
    },
    op: 'http.client',
    transaction: 'GET https://api/a',
    source: 'url',
  },
  {
    of: 'SvelteKit, the request',
    name: 'sveltekit.handle.root',
    kind: 'INTERNAL',
    attributes: {
      'http.method': 'GET',
      'http.url': 'http://shop/orders/7',
      'http.route': '/orders/[id]',
    },
    op: 'http.server',
    transaction: 'GET /orders/[id]',
    source: 'route',
  },
  {
    of: 'SvelteKit, no route',
    name: 'sveltekit.handle.root',
    kind: 'INTERNAL',
    attributes: { 'http.method': 'GET', 'http.url': 'http://shop/x', 'http.route': 'unknown' },
    op: 'http.server',
    transaction: 'GET http://shop/x',
    source: 'url',
  },
  ...['load', 'form_action', 'resolve'].map(
    (step): Row => ({
      of: `SvelteKit, ${step}`,
      name: `sveltekit.${step}`,
      kind: 'INTERNAL',
      attributes: { 'http.route': '/orders/[id]' },
      op: `function.sveltekit.${step}`,
      source: 'custom',
    }),
  ),
  ..._.typeKeys.flatMap(
    ([key, framework]): ReadonlyArray<Row> => [
      {
        of: `${framework}, middleware`,
        name: 'middleware - query',
        kind: 'INTERNAL',
        attributes: { [key]: 'middleware', 'http.route': '/' },
        op: `middleware.${framework}`,
        source: 'custom',
      },
      {
        of: `${framework}, the handler`,
        name: 'request handler - /orders/:id',
        kind: 'INTERNAL',
        attributes: { [key]: 'request-handler', 'http.method': 'GET', 'http.route': '/orders/:id' },
        op: `request_handler.${framework}`,
        source: 'custom',
      },
    ],
  ),
  {
    of: 'Rails, a template',
    name: 'render_template.action_view',
    kind: 'INTERNAL',
    attributes: { identifier: 'orders/show.html.erb' },
    op: 'template',
    source: 'custom',
  },
  {
    of: 'Lambda without a trigger',
    name: 'thumbs',
    kind: 'SERVER',
    attributes: { 'faas.invocation_id': '5d0c', 'faas.coldstart': true },
    resource: { 'cloud.provider': 'aws' },
    op: 'function.aws',
    source: 'route',
  },
  {
    of: 'Lambda, a platform without a provider',
    name: 'thumbs',
    kind: 'SERVER',
    attributes: { 'faas.execution': '5d0c', 'cloud.platform': 'aws_lambda' },
    op: 'function.aws',
    source: 'route',
  },
  {
    of: 'Lambda, behind HTTP',
    name: 'GET /orders',
    kind: 'SERVER',
    attributes: { 'faas.invocation_id': '5d0c', 'http.method': 'GET', 'http.route': '/orders' },
    resource: { 'cloud.provider': 'aws' },
    op: 'http.server',
    transaction: 'GET /orders',
    source: 'route',
  },
  {
    of: 'Lambda, a batch of SQS',
    name: 'orders process',
    kind: 'CONSUMER',
    attributes: { 'faas.trigger': 'pubsub', 'messaging.system': 'aws_sqs' },
    resource: { 'cloud.provider': 'aws' },
    op: 'queue.process',
    source: 'route',
  },
  {
    of: 'Azure Functions',
    name: 'cleanup',
    kind: 'SERVER',
    attributes: { 'faas.invocation_id': 'a' },
    resource: { 'cloud.platform': 'azure_functions' },
    op: 'function.azure',
    source: 'route',
  },
  {
    of: 'a function of an unknown cloud',
    name: 'thumbs',
    kind: 'SERVER',
    attributes: { 'faas.invocation_id': 'a' },
    op: 'function',
    source: 'route',
  },
  {
    of: 'browser, a page',
    name: 'documentLoad',
    kind: 'INTERNAL',
    attributes: { 'http.url': 'https://shop.example/orders/7?token=1', component: 'document-load' },
    op: 'pageload',
    transaction: '/orders/7',
    source: 'url',
  },
  {
    of: 'browser, its document',
    name: 'documentFetch',
    kind: 'INTERNAL',
    attributes: { 'http.url': 'https://shop.example/orders/7' },
    op: 'browser.request',
    transaction: 'https://shop.example/orders/7',
    source: 'url',
  },
  ...(
    [
      ['app.js', 'script'],
      ['app.mjs?v=1', 'script'],
      ['app.css', 'css'],
      ['logo.svg', 'img'],
      ['favicon.ico', 'icon'],
      ['data', 'other'],
    ] as const
  ).map(
    ([file, type]): Row => ({
      of: `browser, ${file}`,
      name: 'resourceFetch',
      kind: 'INTERNAL',
      attributes: { 'http.url': `https://shop.example/${file}` },
      op: `resource.${type}`,
      transaction: `https://shop.example/${file.replace(/\?.*/, '')}`,
      source: 'url',
    }),
  ),
  {
    of: 'browser, a request that failed',
    name: 'HTTP GET',
    kind: 'CLIENT',
    attributes: {
      'http.method': 'GET',
      'http.url': 'https://api.example/a',
      'http.status_code': 0,
    },
    op: 'http.client',
    transaction: 'GET https://api.example/a',
    source: 'url',
  },
  {
    of: 'Temporal, a worker',
    name: 'RunActivity:Charge',
    kind: 'SERVER',
    attributes: { temporalActivityID: '5' },
    op: 'queue.task.temporal',
    source: 'custom',
  },
  {
    of: 'Temporal, a client',
    name: 'StartWorkflow:Order',
    kind: 'CLIENT',
    attributes: { temporalWorkflowID: '5' },
    op: 'queue.submit.temporal',
    source: 'custom',
  },
  ...(
    [
      [{ 'openinference.span.kind': 'LLM' }, 'chat'],
      [{ 'openinference.span.kind': 'AGENT' }, 'invoke_agent'],
      [{ 'openinference.span.kind': 'TOOL' }, 'execute_tool'],
      [{ 'openinference.span.kind': 'EMBEDDING' }, 'embeddings'],
      [{ 'traceloop.span.kind': 'workflow' }, 'invoke_agent'],
      [{ 'traceloop.span.kind': 'tool' }, 'execute_tool'],
      [{ 'gen_ai.system': 'openai', 'llm.request.type': 'chat' }, 'chat'],
      [{ 'langfuse.observation.type': 'generation' }, 'chat'],
      [{ 'gen_ai.tool.name': 'search' }, 'execute_tool'],
      [{ 'gen_ai.agent.name': 'support' }, 'invoke_agent'],
    ] as const
  ).map(
    ([attributes, task]): Row => ({
      of: `AI, ${JSON.stringify(attributes)}`,
      name: 'step',
      kind: 'INTERNAL',
      attributes,
      op: `gen_ai.${task}`,
      source: 'custom',
    }),
  ),
  {
    of: 'AI, a task of a program',
    name: 'format',
    kind: 'INTERNAL',
    attributes: { 'traceloop.span.kind': 'task' },
    op: undefined,
    source: 'custom',
  },
]

const table = suite('spans as frameworks send them by default')

for (const row of ROWS) {
  table(row.of, () => {
    const one = span({
      name: row.name,
      kind: row.kind,
      attributes: row.attributes,
      ...(row.resource === undefined ? {} : { resource: resource('shop', row.resource) }),
    })
    const { op, name, status, description } = Mapping.sentry
    const transaction = row.transaction ?? row.name
    assert.is(op(one), row.op)
    assert.equal(name(one), { name: transaction, source: row.source })
    assert.is(status(one), row.status ?? 'ok')
    assert.is(description(one), row.description ?? transaction)
  })
}

table.run()

const named = suite('Frameworks.namedSteps')

for (const { name, op } of _.namedSteps) {
  named(`${name} is ${op}`, () => {
    const found = _.named(span({ name: name.replaceAll('*', 'x') }))
    assert.is(found, op === 'resource' ? 'resource.other' : op)
  })
}

named('leaves other names alone', () => {
  for (const name of ['work', 'GET /a', 'prisma:client:operation', 'sveltekit', 'kong.router']) {
    assert.is(_.named(span({ name })), undefined)
  }
})

named.run()
