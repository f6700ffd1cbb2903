/**
 * Resources and scopes of the SDK. Thousands of spans share one: each is read once. A resource whose attributes are not all known yet
 * is read again for the next batch.
 */
import type { Attributes } from '@sentry-exporter/core/Attributes'
import * as Resource from '@sentry-exporter/core/Resource'
import * as Scope from '@sentry-exporter/core/Scope'
import * as AttributeReader from './AttributeReader.ts'
import type * as Findings from './Findings.ts'
import type { ResourceLike, ScopeLike } from './ReadableSpan.ts'

// model

export interface ResourceReader {
  readonly resource: (
    findings: Findings.Findings,
    source: ResourceLike | undefined,
  ) => Resource.Resource
  readonly scope: (findings: Findings.Findings, source: ScopeLike | undefined) => Scope.Scope
}

/** The name that SDKs give to a service without a name: `unknown_service:node`. */
const UNKNOWN_SERVICE = 'unknown_service'

// constructors

/** `known` has attributes for the resources that lack them. */
export const make = (known: Attributes): ResourceReader => {
  const resources = new WeakMap<object, Resource.Resource>()
  const scopes = new WeakMap<object, Scope.Scope>()
  return {
    resource: (findings, source) => {
      if (source === undefined || source === null) return Resource.of(known)
      const cached = resources.get(source)
      if (cached !== undefined) return cached
      const attributes = AttributeReader.attributes(findings, source.attributes, '.resource')
      const resource = Resource.of(complete(attributes, known))
      if (source.asyncAttributesPending !== true) resources.set(source, resource)
      return resource
    },
    scope: (findings, source) => {
      if (source === undefined || source === null) return Scope.unknown
      const cached = scopes.get(source)
      if (cached !== undefined) return cached
      const scope: Scope.Scope = {
        name: textOf(source.name),
        version: textOf(source.version),
        attributes: AttributeReader.attributes(findings, source.attributes, '.scope'),
      }
      scopes.set(source, scope)
      return scope
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Attributes of a resource win, but for a service name that is only a placeholder. */
const complete = (attributes: Attributes, known: Attributes): Attributes => {
  if (Object.keys(known).length === 0) return attributes
  const all = { ...known, ...attributes }
  const name = attributes['service.name']
  const isUnknown = typeof name === 'string' && name.startsWith(UNKNOWN_SERVICE)
  const better = known['service.name']
  return isUnknown && better !== undefined ? { ...all, 'service.name': better } : all
}
