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

import type { LogBatch } from '@sentry-exporter/core'
import type { Batch } from '@sentry-exporter/core/Batch'
import type { LogRecord } from '@sentry-exporter/core/LogRecord'
import * as Resource from '@sentry-exporter/core/Resource'
import type { Span } from '@sentry-exporter/core/Span'
import { type AttributeAction, applyAll } from './AttributeAction.ts'

// model

export interface Processor {
  readonly id: string
  /** The attributes of spans and log records, or those of their resources. */
  readonly target: 'attributes' | 'resource'
  readonly actions: ReadonlyArray<AttributeAction>
}

// transformations

/** Applies the processors to all spans, in their order. */
export const processSpans = (processors: ReadonlyArray<Processor>): ((batch: Batch) => Batch) => {
  if (processors.length === 0) return (batch) => batch
  return (batch) => {
    const steps = processors.map((processor) =>
      processor.target === 'resource'
        ? withResource<Span>(resourceStep(processor))
        : spanStep(processor),
    )
    return { ...batch, spans: batch.spans.map((span) => runAll(steps, span)) }
  }
}

/** The same for log records. */
export const processRecords = (
  processors: ReadonlyArray<Processor>,
): ((batch: LogBatch.LogBatch) => LogBatch.LogBatch) => {
  if (processors.length === 0) return (batch) => batch
  return (batch) => {
    const steps = processors.map((processor) =>
      processor.target === 'resource'
        ? withResource<LogRecord>(resourceStep(processor))
        : recordStep(processor),
    )
    return { ...batch, records: batch.records.map((record) => runAll(steps, record)) }
  }
}

const runAll = <A>(steps: ReadonlyArray<(value: A) => A>, value: A): A =>
  steps.reduce((result, step) => step(result), value)

const spanStep = ({ actions }: Processor): ((span: Span) => Span) => {
  const change = applyAll(actions)
  return (span) => {
    const { attributes, doubles } = change({ attributes: span.attributes, doubles: span.doubles })
    return attributes === span.attributes ? span : { ...span, attributes, doubles }
  }
}

const recordStep = ({ actions }: Processor): ((record: LogRecord) => LogRecord) => {
  const change = applyAll(actions)
  return (record) => {
    const { attributes, doubles } = change({
      attributes: record.attributes,
      doubles: record.doubles,
    })
    return attributes === record.attributes ? record : { ...record, attributes, doubles }
  }
}

const withResource =
  <A extends { readonly resource: Resource.Resource }>(
    change: (resource: Resource.Resource) => Resource.Resource,
  ) =>
  (value: A): A => {
    const resource = change(value.resource)
    return resource === value.resource ? value : { ...value, resource }
  }

/** Remembers the resources of one batch. */
const resourceStep = ({
  actions,
}: Processor): ((resource: Resource.Resource) => Resource.Resource) => {
  const change = applyAll(actions)
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
