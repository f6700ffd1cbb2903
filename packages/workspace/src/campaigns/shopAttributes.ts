/** Attributes as instrumentations set them. `number` varies their values. */
import type { Attributes } from '@opentelemetry/api'

// constructors

export const server = (number: number): Attributes => ({
  'http.request.method': 'GET',
  'http.route': '/orders/:id',
  'http.response.status_code': 200,
  'url.scheme': 'https',
  'url.path': `/orders/${number}`,
  'server.address': 'shop.example.com',
  'server.port': 443,
  'network.protocol.version': '1.1',
  'network.peer.port': 50_000 + (number % 1_000),
  'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/144.0',
  'thread.id': number % 16,
  'shop.tenant': `tenant-${number % 7}`,
})

export const statement = (table: string, number: number): Attributes => ({
  'db.system.name': 'postgresql',
  'db.namespace': 'shop',
  'db.collection.name': table,
  'db.operation.name': 'SELECT',
  'db.query.text': `SELECT id, customer, total FROM ${table} WHERE id = $1 AND state = 'open'`,
  'db.response.returned_rows': number % 7,
  'server.address': 'db.example.com',
  'server.port': 5432,
})

export const cache = (number: number): Attributes => ({
  'db.system.name': 'redis',
  'db.operation.name': 'GET',
  'db.query.text': `GET session:${number}`,
  'server.address': 'cache.example.com',
  'server.port': 6379,
})

export const httpClient = (number: number): Attributes => ({
  'http.request.method': 'POST',
  'http.response.status_code': 201,
  'url.full': `https://payments.example.com/charge/${number}`,
  'server.address': 'payments.example.com',
  'server.port': 443,
  'network.protocol.version': '1.1',
})
