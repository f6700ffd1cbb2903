/** The keys of series: hashes of what distinguishes them. Source: OpenTelemetry, "Metrics data model", timeseries model. */
import { hex128 } from '../internal/Hash.ts'
import type { Attributes } from '../model/Attributes.ts'
import * as Json from '../model/Json.ts'
import type { Metric } from '../model/Metric.ts'
import type { Resource } from '../model/Resource.ts'
import type { NamedPoint } from './pointsOf.ts'

// constructors

/** A function for one pipeline: it remembers the keys of resources as long as these. */
export const seriesKeys = (): ((metric: Metric) => (named: NamedPoint) => string) => {
  const ofResource = new WeakMap<Resource, string>()
  return ({ resource, scope, data }) => {
    const resourceKey = ofResource.get(resource) ?? hex128(textsOf(resource.attributes))
    ofResource.set(resource, resourceKey)
    const scopeTexts = textsOf(scope.attributes)
    return ({ name, unit, point: { attributes } }) =>
      hex128([
        resourceKey,
        scope.name,
        scope.version,
        String(scopeTexts.length),
        ...scopeTexts,
        data._tag,
        name,
        unit,
        ...textsOf(attributes),
      ])
  }
}

/** Keys and values, in the order of the keys. */
const textsOf = (attributes: Attributes): ReadonlyArray<string> =>
  Object.keys(attributes)
    .sort()
    .flatMap((key) => [key, textOf(attributes[key] ?? null)])

/** Different for values of different types. */
const textOf = (value: Attributes[string]): string => {
  if (typeof value === 'string') return `"${value}`
  return typeof value === 'object'
    ? JSON.stringify(Json.fromAttribute(value))
    : `${typeof value} ${String(value)}`
}
