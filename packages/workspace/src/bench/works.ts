/** The kinds of work that the spans of the bench's reference data do, with about twelve attributes each. */
import type { Random } from '../Random.ts'

// model

export type WorkAttributes = Readonly<
  Record<string, string | number | boolean | ReadonlyArray<string>>
>

export interface SpanWork {
  readonly name: string
  /** The number of the span kind in OTLP. */
  readonly kind: number
  readonly scope: string
  readonly op: string
  readonly attributes: WorkAttributes
}

// constructors

export const pick = <A>(random: Random, all: ReadonlyArray<A>): A =>
  all[Math.floor(random() * all.length)] as A

export const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')

const ROUTES = [
  '/api/v1/orders/:orderId',
  '/api/v1/carts/:cartId/items',
  '/api/v2/search',
  '/healthz',
]
export const TABLES: ReadonlyArray<string> = [
  'orders',
  'order_items',
  'customers',
  'inventory',
  'payments',
  'sessions',
]
const SERVICES = [
  'inventory.v1.InventoryService',
  'pricing.v1.PricingService',
  'fraud.v2.FraudCheck',
]
export const FUNCTIONS: ReadonlyArray<string> = [
  'validateCart',
  'applyDiscounts',
  'renderInvoice',
  'computeTax',
  'loadFeatureFlags',
]
const TOPICS = ['orders.created', 'orders.updated', 'email.outbox']

const codeOf = (random: Random): WorkAttributes => ({
  'thread.id': 1 + Math.floor(random() * 8),
  'code.function.name': pick(random, FUNCTIONS),
  'code.file.path': `/srv/app/dist/modules/${pick(random, TABLES)}/handler.js`,
  'code.line.number': Math.floor(random() * 900),
  'app.tenant_id': `tenant-${Math.floor(random() * 5000)}`,
  'app.request_id': hex(random, 32),
})

const WORKS: Readonly<
  Record<'server' | 'db' | 'rpc' | 'internal' | 'queue', (random: Random) => SpanWork>
> = {
  server: (random) => {
    const route = pick(random, ROUTES)
    const path = route.replace(/:\w+/g, () => hex(random, 8))
    return {
      name: `GET ${route}`,
      kind: 2,
      scope: '@opentelemetry/instrumentation-http',
      op: 'http.server',
      attributes: {
        'http.request.method': 'GET',
        'http.route': route,
        'http.response.status_code': 200,
        'url.scheme': 'https',
        'url.path': path,
        'url.query': `page=${Math.floor(random() * 50)}&size=20`,
        'server.address': 'shop.example.com',
        'server.port': 443,
        'client.address': `203.0.113.${Math.floor(random() * 255)}`,
        'user_agent.original':
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
        'network.protocol.version': '1.1',
      },
    }
  },
  db: (random) => {
    const table = pick(random, TABLES)
    return {
      name: `SELECT ${table}`,
      kind: 3,
      scope: '@opentelemetry/instrumentation-pg',
      op: 'db.query',
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': 'shop',
        'db.operation.name': 'SELECT',
        'db.collection.name': table,
        'db.query.text': `SELECT t0.id, t0.created_at, t0.updated_at, t0.status, t0.total_amount FROM ${table} AS t0 WHERE t0.tenant_id = $1 AND t0.id = ANY($2) ORDER BY t0.created_at DESC LIMIT ${10 + Math.floor(random() * 90)}`,
        'db.response.returned_rows': Math.floor(random() * 100),
        'server.address': 'pg-primary.internal',
        'server.port': 5432,
        ...codeOf(random),
      },
    }
  },
  rpc: (random) => {
    const service = pick(random, SERVICES)
    return {
      name: `${service}/Get`,
      kind: 3,
      scope: '@opentelemetry/instrumentation-grpc',
      op: 'rpc',
      attributes: {
        'rpc.system': 'grpc',
        'rpc.service': service,
        'rpc.method': 'Get',
        'rpc.grpc.status_code': 0,
        'server.address': `${service.split('.')[0]}.svc.cluster.local`,
        'server.port': 50_051,
        'network.transport': 'tcp',
        ...codeOf(random),
      },
    }
  },
  internal: (random) => ({
    name: pick(random, FUNCTIONS),
    kind: 1,
    scope: 'checkout',
    op: '',
    attributes: {
      'code.namespace': 'checkout.core',
      'app.cart.items': Math.floor(random() * 40),
      'app.cart.total': Math.round(random() * 100_000) / 100,
      'app.flags': ['new-tax', 'fast-path', `exp-${Math.floor(random() * 9)}`],
      'app.cache.hit': random() < 0.5,
      ...codeOf(random),
    },
  }),
  queue: (random) => {
    const topic = pick(random, TOPICS)
    return {
      name: `send ${topic}`,
      kind: 4,
      scope: '@opentelemetry/instrumentation-kafkajs',
      op: 'queue.publish',
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': topic,
        'messaging.operation.name': 'send',
        'messaging.operation.type': 'send',
        'messaging.message.body.size': Math.floor(random() * 4000),
        'server.address': 'kafka-1.internal',
        'server.port': 9092,
        ...codeOf(random),
      },
    }
  },
}

export const workOf = (random: Random, isRoot: boolean): SpanWork => {
  const roll = random()
  if (isRoot) return WORKS.server(random)
  if (roll < 0.4) return WORKS.db(random)
  if (roll < 0.6) return WORKS.rpc(random)
  return roll < 0.9 ? WORKS.internal(random) : WORKS.queue(random)
}
