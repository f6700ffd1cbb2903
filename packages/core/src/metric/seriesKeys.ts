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
    const ofScope = [resourceKey, scope.name, scope.version, String(scopeTexts.length)]
    const ofMetric = hex128([...ofScope, ...scopeTexts, data._tag])
    return ({ name, unit, point: { attributes } }) => {
      const texts = [ofMetric, name, unit]
      addTexts(texts, attributes)
      return hex128(texts)
    }
  }
}

/** Adds keys and values, in the order of the keys. */
const addTexts = (texts: Array<string>, attributes: Attributes): void => {
  // hot: once for each point
  for (const key of Object.keys(attributes).sort()) {
    texts.push(key, textOf(attributes[key] ?? null))
  }
}

const textsOf = (attributes: Attributes): ReadonlyArray<string> => {
  const texts: Array<string> = []
  addTexts(texts, attributes)
  return texts
}

/** Different for values of different types. */
const textOf = (value: Attributes[string]): string => {
  if (typeof value === 'string') return `"${value}`
  return typeof value === 'object'
    ? JSON.stringify(Json.fromAttribute(value))
    : `${typeof value} ${String(value)}`
}
