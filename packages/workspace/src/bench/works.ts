/** The kinds of work that the spans of the bench's reference data do, with about twelve attributes each. */
import type { Random } from '../Random.ts'

// model

export type Attributes = Readonly<Record<string, string | number | boolean | ReadonlyArray<string>>>

export interface Work {
  readonly name: string
  /** The number of the span kind in OTLP. */
  readonly kind: number
  readonly scope: string
  readonly op: string
  readonly attributes: Attributes
}

// constructors

export const pick = <A>(dice: Random, all: ReadonlyArray<A>): A =>
  all[Math.floor(dice() * all.length)] as A

export const hex = (dice: Random, digits: number): string =>
  Array.from({ length: digits }, () => Math.floor(dice() * 16).toString(16)).join('')

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

const codeOf = (dice: Random): Attributes => ({
  'thread.id': 1 + Math.floor(dice() * 8),
  'code.function.name': pick(dice, FUNCTIONS),
  'code.file.path': `/srv/app/dist/modules/${pick(dice, TABLES)}/handler.js`,
  'code.line.number': Math.floor(dice() * 900),
  'app.tenant_id': `tenant-${Math.floor(dice() * 5000)}`,
  'app.request_id': hex(dice, 32),
})

const WORKS: Readonly<
  Record<'server' | 'db' | 'rpc' | 'internal' | 'queue', (dice: Random) => Work>
> = {
  server: (dice) => {
    const route = pick(dice, ROUTES)
    const path = route.replace(/:\w+/g, () => hex(dice, 8))
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
        'url.query': `page=${Math.floor(dice() * 50)}&size=20`,
        'server.address': 'shop.example.com',
        'server.port': 443,
        'client.address': `203.0.113.${Math.floor(dice() * 255)}`,
        'user_agent.original':
          'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
        'network.protocol.version': '1.1',
      },
    }
  },
  db: (dice) => {
    const table = pick(dice, TABLES)
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
        'db.query.text': `SELECT t0.id, t0.created_at, t0.updated_at, t0.status, t0.total_amount FROM ${table} AS t0 WHERE t0.tenant_id = $1 AND t0.id = ANY($2) ORDER BY t0.created_at DESC LIMIT ${10 + Math.floor(dice() * 90)}`,
        'db.response.returned_rows': Math.floor(dice() * 100),
        'server.address': 'pg-primary.internal',
        'server.port': 5432,
        ...codeOf(dice),
      },
    }
  },
  rpc: (dice) => {
    const service = pick(dice, SERVICES)
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
        ...codeOf(dice),
      },
    }
  },
  internal: (dice) => ({
    name: pick(dice, FUNCTIONS),
    kind: 1,
    scope: 'checkout',
    op: '',
    attributes: {
      'code.namespace': 'checkout.core',
      'app.cart.items': Math.floor(dice() * 40),
      'app.cart.total': Math.round(dice() * 100_000) / 100,
      'app.flags': ['new-tax', 'fast-path', `exp-${Math.floor(dice() * 9)}`],
      'app.cache.hit': dice() < 0.5,
      ...codeOf(dice),
    },
  }),
  queue: (dice) => {
    const topic = pick(dice, TOPICS)
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
        'messaging.message.body.size': Math.floor(dice() * 4000),
        'server.address': 'kafka-1.internal',
        'server.port': 9092,
        ...codeOf(dice),
      },
    }
  },
}

export const workOf = (dice: Random, isRoot: boolean): Work => {
  const roll = dice()
  if (isRoot) return WORKS.server(dice)
  if (roll < 0.4) return WORKS.db(dice)
  if (roll < 0.6) return WORKS.rpc(dice)
  return roll < 0.9 ? WORKS.internal(dice) : WORKS.queue(dice)
}
