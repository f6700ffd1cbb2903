/** Spans of many conventions. Fixed, as all attributes of recorded traffic. */
import type { Pairs, Value } from './attributes.ts'

// model

/** A span of one convention. */
export interface Profile {
  readonly name: string
  /** 0 to 5, as in OTLP. */
  readonly kind: number
  readonly pairs: Pairs
}

// constructors

const profile = (name: string, kind: number, pairs: Record<string, Value>): Profile => ({
  name,
  kind,
  pairs: Object.entries(pairs),
})

const [INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER] = [1, 2, 3, 4, 5] as const

/** Spans that may be the entry of a service. */
export const ENTRIES: readonly [Profile, ...ReadonlyArray<Profile>] = [
  profile('GET /items/{id}', SERVER, {
    'http.request.method': 'GET',
    'http.route': '/items/{id}',
    'url.path': '/items/7',
    'url.query': 'token=abc&page=2',
    'url.scheme': 'https',
    'server.address': 'shop.example.com',
    'server.port': 443,
    'client.address': '192.0.2.7',
    'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0',
    'http.response.status_code': 200,
    'http.request.header.cookie': ['session=1'],
    'http.request.header.accept': ['text/html'],
    'user.id': '42',
    'user.email': 'me@example.com',
  }),
  profile('GET', SERVER, {
    'http.method': 'GET',
    'http.target': '/cart?password=hush&x=1',
    'http.url': 'http://me:hush@shop.example.com/cart?password=hush&x=1#top',
    'http.host': 'shop.example.com',
    'http.status_code': 500,
    'net.peer.ip': '192.0.2.8',
    'http.user_agent': 'curl/8.0',
    'enduser.id': 'bob',
  }),
  profile('POST /pay', SERVER, {
    'http.request.method': 'POST',
    'http.route': '/pay',
    'http.response.status_code': 404,
    'error.type': '404',
  }),
  profile('orders process', CONSUMER, {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'orders',
    'messaging.message.id': 'm-1',
    'messaging.message.body.size': 120,
  }),
  profile('shop.Cart/Add', SERVER, {
    'rpc.system': 'grpc',
    'rpc.service': 'shop.Cart',
    'rpc.method': 'Add',
    'rpc.grpc.status_code': 5,
  }),
  profile('timer', SERVER, { 'faas.trigger': 'timer', 'faas.cron': '0/5 * * * ? *' }),
  profile('query Cart', SERVER, {
    'graphql.operation.name': 'Cart',
    'graphql.operation.type': 'query',
    'graphql.document': 'query Cart { items }',
  }),
  profile('', SERVER, {}),
]

export const INNER: readonly [Profile, ...ReadonlyArray<Profile>] = [
  profile('load', INTERNAL, { 'code.function.name': 'load', 'thread.id': 7, ratio: 0.25 }),
  profile('GET', CLIENT, {
    'http.request.method': 'GET',
    'url.full': 'https://api.example.com/v1/items?key=abc#x',
    'server.address': 'api.example.com',
    'http.response.status_code': 429,
  }),
  profile('HTTP PUT', CLIENT, {
    'http.method': 'PUT',
    'http.url': 'https://api.example.com/v1/items/7',
    'http.status_code': '503',
    'net.peer.name': 'api.example.com',
  }),
  profile('SELECT shop.items', CLIENT, {
    'db.system.name': 'postgresql',
    'db.namespace': 'shop',
    'db.operation.name': 'SELECT',
    'db.collection.name': 'items',
    'db.query.text': "SELECT * FROM items WHERE id = 7 AND name = 'x'",
  }),
  profile('redis-GET', CLIENT, {
    'db.system': 'redis',
    'db.statement': 'GET session:7',
    'db.redis.database_index': 2,
    'net.peer.port': 6379,
  }),
  profile('find', CLIENT, {
    'db.system': 'mongodb',
    'db.operation': 'find',
    'db.mongodb.collection': 'carts',
    'db.name': 'shop',
  }),
  profile('orders send', PRODUCER, {
    'messaging.system': 'rabbitmq',
    'messaging.operation': 'publish',
    'messaging.destination': 'orders',
    'messaging.rabbitmq.destination.routing_key': 'new',
  }),
  profile('chat gpt', CLIENT, {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-x',
    'gen_ai.usage.input_tokens': 120,
    'gen_ai.usage.output_tokens': 7,
    'gen_ai.input.messages': '[{"role":"user","content":"my secret"}]',
  }),
  profile('execute_tool search', INTERNAL, {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'search',
    'gen_ai.tool.call.arguments': '{"q":"x"}',
  }),
  profile('shop.Stock/Get', CLIENT, {
    'rpc.system': 'grpc',
    'rpc.service': 'shop.Stock',
    'rpc.method': 'Get',
    'rpc.grpc.status_code': 14,
  }),
  profile('custom', INTERNAL, {
    'sentry.op': 'task.run',
    'sentry.origin': 'manual.task',
    'sentry.custom_span_name': 'Task seven',
    'sentry.source': 'task',
    'sentry.measurement_value': 1.5,
  }),
  profile('S3.GetObject', CLIENT, {
    'rpc.system': 'aws-api',
    'rpc.service': 'S3',
    'rpc.method': 'GetObject',
    'aws.s3.bucket': 'pictures',
    'cloud.region': 'eu-west-1',
  }),
  profile('middleware', INTERNAL, { 'express.type': 'middleware', 'peer.service': 'shop' }),
]
