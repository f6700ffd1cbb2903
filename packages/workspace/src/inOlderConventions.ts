/**
 * The same span as an instrumentation would have recorded it some years ago: attributes under their older names. Source: the
 * migration guides of opentelemetry.io/docs/specs/semconv for HTTP, databases, messaging, networks and generative AI.
 */
import type { Attributes, AttributeValue } from '@sentry-exporter/core/Attributes'
import * as Resource from '@sentry-exporter/core/Resource'
import type { Span } from '@sentry-exporter/core/Span'

export const inOlderConventions = (span: Span): Span => {
  const isServer = span.kind === 'SERVER'
  const older: Record<string, AttributeValue> = {}
  for (const [key, value] of Object.entries(span.attributes)) {
    if (key === 'url.query') continue
    if (key === 'url.path') older['http.target'] = targetOf(span.attributes)
    else if (key === 'network.transport') older['net.transport'] = `ip_${String(value)}`
    else older[(isServer ? OF_SERVERS : OF_OTHERS).get(key) ?? RENAMED.get(key) ?? key] = value
  }
  return { ...span, attributes: older, resource: olderResource(span.resource) }
}

const targetOf = (attributes: Attributes): string => {
  const query = attributes['url.query']
  const path = String(attributes['url.path'])
  return typeof query === 'string' && query !== '' ? `${path}?${query}` : path
}

/** One object for each resource, so that equal resources stay identical. */
const olderResource = (resource: Resource.Resource): Resource.Resource => {
  const before = RESOURCES.get(resource)
  if (before !== undefined) return before
  const { 'deployment.environment.name': environment, ...rest } = resource.attributes
  const older = Resource.of(
    environment === undefined ? rest : { ...rest, 'deployment.environment': environment },
  )
  RESOURCES.set(resource, older)
  return older
}

const RESOURCES = new WeakMap<Resource.Resource, Resource.Resource>()

const OF_SERVERS: ReadonlyMap<string, string> = new Map([
  ['server.address', 'net.host.name'],
  ['server.port', 'net.host.port'],
])

const OF_OTHERS: ReadonlyMap<string, string> = new Map([
  ['server.address', 'net.peer.name'],
  ['server.port', 'net.peer.port'],
])

const RENAMED: ReadonlyMap<string, string> = new Map([
  ['client.address', 'http.client_ip'],
  ['db.namespace', 'db.name'],
  ['db.operation.name', 'db.operation'],
  ['db.query.text', 'db.statement'],
  ['db.system.name', 'db.system'],
  ['gen_ai.provider.name', 'gen_ai.system'],
  ['http.request.method', 'http.method'],
  ['http.response.status_code', 'http.status_code'],
  ['messaging.destination.name', 'messaging.destination'],
  ['messaging.operation.type', 'messaging.operation'],
  ['network.local.address', 'net.sock.host.addr'],
  ['network.peer.address', 'net.sock.peer.addr'],
  ['network.protocol.version', 'http.flavor'],
  ['url.full', 'http.url'],
  ['url.scheme', 'http.scheme'],
  ['user_agent.original', 'http.user_agent'],
])
