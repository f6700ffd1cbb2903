/**
 * What kind of work a span is, and how it is described, in the words of the Collector's exporter: it read the older
 * conventions only. Source: `generateSpanDescriptors` in `exporter/sentryexporter` of
 * open-telemetry/opentelemetry-collector-contrib, before version 0.145.
 */
import * as Attributes from '../../model/Attributes.ts'
import type { Span } from '../../model/Span.ts'

// model

export interface Descriptor {
  /** Empty where nothing tells. */
  readonly op: string
  readonly description: string
}

// destructors

/** By the first attribute that is there, of whatever type; one that is no text reads as an empty one. */
export const of = (span: Span): Descriptor => {
  const { attributes, kind, name } = span
  const has = (key: string): boolean => Object.hasOwn(attributes, key)
  const text = (key: string): string => Attributes.text(attributes, key) ?? ''
  if (has('http.method')) {
    return {
      op: kind === 'UNSPECIFIED' ? 'http' : `http.${kind.toLowerCase()}`,
      description: `${text('http.method')} ${name}`,
    }
  }
  if (has('db.system')) {
    return { op: 'db', description: has('db.statement') ? text('db.statement') : name }
  }
  if (has('rpc.service')) return { op: 'rpc', description: name }
  if (has('messaging.system')) return { op: 'message', description: name }
  return { op: has('faas.trigger') ? text('faas.trigger') : '', description: name }
}
