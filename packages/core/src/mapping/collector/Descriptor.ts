/**
 * The operation and the description that the Collector's exporter gave a span. It read the older conventions only. Source:
 * `generateSpanDescriptors` in `exporter/sentryexporter` of open-telemetry/opentelemetry-collector-contrib, before version
 * 0.145.
 */
import * as Attributes from '../../model/Attributes.ts'
import { reading, type SpanFunction } from '../SpanFunction.ts'

// model

export interface Descriptor {
  /** Empty if no attribute determines it. */
  readonly op: string
  readonly description: string
}

// constructors

/**
 * By the first of `http.method`, `db.system`, `rpc.service`, `messaging.system`, `faas.trigger` that is present, of whatever
 * type. A value that is not a string reads as an empty one.
 */
export const of: SpanFunction<Descriptor> = reading(
  ['http.method', 'db.system', 'db.statement', 'rpc.service', 'messaging.system', 'faas.trigger'],
  ({ attributes, kind, name }) => {
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
  },
)
