/**
 * The processors of a pipeline: changes of attributes between the receiver and the exporters. Pure; batches stay unchanged.
 *
 * Law: spans that shared a resource share the changed one.
 *
 * @example
 * ```ts
 * import { Batch, Span, SpanId, TraceId } from '@sentry-exporter/core'
 * import { Processor } from '@sentry-exporter/gateway'
 *
 * const traceId = TraceId.fromContent(['example'])
 * const attributes = { 'user.email': 'mira@example.com' }
 * const span = Span.make({ traceId, spanId: SpanId.fromContent(['example']), name: 'work', attributes })
 * const process = Processor.processSpans([
 *   {
 *     id: 'attributes',
 *     target: 'attributes',
 *     actions: [{ _tag: 'Delete', key: 'user.email', pattern: undefined }],
 *   },
 * ])
 * console.log(process({ ...Batch.empty, spans: [span] }).spans[0]?.attributes) // {}
 * ```
 */

import type { LogBatch, MetricBatch } from '@sentry-exporter/core'
import type { Batch } from '@sentry-exporter/core/Batch'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Metric from '@sentry-exporter/core/Metric'
import * as Resource from '@sentry-exporter/core/Resource'
import type { Span } from '@sentry-exporter/core/Span'
import { type AttributeAction, applyAll, type TypedAttributes } from './AttributeAction.ts'

// model

export interface Processor {
  readonly id: string
  /** The attributes of spans, log records and points of metrics, or those of their resources. */
  readonly target: 'attributes' | 'resource'
  readonly actions: ReadonlyArray<AttributeAction>
}

/** Changes attributes; returns them themselves if no action has an effect. */
type Change = (given: TypedAttributes) => TypedAttributes

/** A value with attributes of its own. */
interface Attributed extends Pick<TypedAttributes, 'attributes'> {
  readonly doubles?: TypedAttributes['doubles']
}

interface OfResource {
  readonly resource: Resource.Resource
}

// transformations

/** Applies the processors to all spans, in their order. */
export const processSpans = (processors: ReadonlyArray<Processor>): ((batch: Batch) => Batch) => {
  const process = processAll<Span>(processors, withAttributes)
  return processors.length === 0
    ? (batch) => batch
    : (batch) => ({ ...batch, spans: process(batch.spans) })
}

/** The same for log records. */
export const processRecords = (
  processors: ReadonlyArray<Processor>,
): ((batch: LogBatch.LogBatch) => LogBatch.LogBatch) => {
  const process = processAll<LogRecord>(processors, withAttributes)
  return processors.length === 0
    ? (batch) => batch
    : (batch) => ({ ...batch, records: process(batch.records) })
}

/** The same for metrics: the attributes are those of their points, and of the exemplars, whose values get both. */
export const processMetrics = (
  processors: ReadonlyArray<Processor>,
): ((batch: MetricBatch.MetricBatch) => MetricBatch.MetricBatch) => {
  const process = processAll<Metric.Metric>(processors, withPoints)
  return processors.length === 0
    ? (batch) => batch
    : (batch) => ({ ...batch, metrics: process(batch.metrics) })
}

/** `ofAttributes` applies a change to the attributes of a value. */
const processAll =
  <A extends OfResource>(
    processors: ReadonlyArray<Processor>,
    ofAttributes: (change: Change) => (value: A) => A,
  ) =>
  (values: ReadonlyArray<A>): ReadonlyArray<A> => {
    const steps = processors.map(({ target, actions }): ((value: A) => A) =>
      target === 'resource'
        ? withResource(resourceStep(applyAll(actions)))
        : ofAttributes(applyAll(actions)),
    )
    return values.map((value) => steps.reduce((result, step) => step(result), value))
  }

const withAttributes =
  (change: Change) =>
  <A extends Attributed>(value: A): A => {
    const given = { attributes: value.attributes, doubles: value.doubles }
    const { attributes, doubles } = change(given)
    return attributes === value.attributes ? value : { ...value, attributes, doubles }
  }

const withPoints = (change: Change): ((metric: Metric.Metric) => Metric.Metric) => {
  const ofOne = withAttributes(change)
  const mapPoints = Metric.mapPoints((point) => {
    const exemplars = Metric.exemplarsOf(point)
    return exemplars.every((exemplar) => ofOne(exemplar) === exemplar)
      ? ofOne(point)
      : Metric.mapExemplars(ofOne)(ofOne(point))
  })
  return (metric) => {
    const changed = mapPoints(metric)
    const before: ReadonlyArray<Metric.AnyPoint> = metric.data.points
    return changed.data.points.every((point, index) => point === before[index]) ? metric : changed
  }
}

const withResource =
  (change: (resource: Resource.Resource) => Resource.Resource) =>
  <A extends OfResource>(value: A): A => {
    const resource = change(value.resource)
    return resource === value.resource ? value : { ...value, resource }
  }

/** Remembers the resources of one batch. */
const resourceStep = (change: Change): ((resource: Resource.Resource) => Resource.Resource) => {
  const changed = new Map<Resource.Resource, Resource.Resource>()
  return (resource) => {
    const known = changed.get(resource)
    if (known !== undefined) return known
    const { attributes, doubles } = change({
      attributes: resource.attributes,
      doubles: resource.doubles,
    })
    const made = attributes === resource.attributes ? resource : Resource.of(attributes, doubles)
    changed.set(resource, made)
    return made
  }
}
