/**
 * The parts of the pipeline, for packages that build on it: exporters, decoders, commands, benchmarks. They may change in any
 * release; applications use the entry point `@sentry-exporter/core`.
 *
 * @example
 * ```ts
 * import { Limits, Mapping } from '@sentry-exporter/core'
 * import {
 *   Assembly,
 *   collect,
 *   defaultErrorRules,
 *   emitMade,
 *   Payload,
 *   runToEnd,
 * } from '@sentry-exporter/core/pipeline'
 *
 * const machine = Assembly.machine({
 *   mapping: Mapping.sentry,
 *   limits: Limits.untimed(Limits.gateway),
 *   payload: Payload.json,
 *   errors: defaultErrorRules,
 *   emit: emitMade,
 * })
 * const { emitted, losses } = runToEnd(machine)([Assembly.arrived([])])
 * console.log(collect(emitted, losses).transactions.length) // 0
 * ```
 */
export type * as KeyPlans from '../bytes/KeyPlans.ts'
export * as ScannedSpan from '../bytes/ScannedSpan.ts'
export { defaultErrorRules } from '../errors/defaultErrorRules.ts'
export * as ErrorStage from '../errors/ErrorStage.ts'
export * as LoggedException from '../errors/LoggedException.ts'
export * as AttributePlan from '../filter/AttributePlan.ts'
export * as AttributeTable from '../filter/AttributeTable.ts'
export { checkBatch, isBatch } from '../filter/checkBatch.ts'
export * as HookFailure from '../filter/HookFailure.ts'
export * as Base64 from '../internal/text/Base64.ts'
export * as ItemText from '../item/ItemText.ts'
export { type LogItems, type LogItemsOptions, logItems } from '../log/logItems.ts'
export * as MetricRules from '../metric/MetricRules.ts'
export * as MetricState from '../metric/MetricState.ts'
export {
  type MetricItems,
  type MetricItemsOptions,
  type MetricStep,
  metricItems,
} from '../metric/metricItems.ts'
export { type MetricVolume, metricVolume } from '../metric/metricVolume.ts'
export { pointCount } from '../metric/pointsOf.ts'
export type { OpenTraces } from '../pending/OpenTraces.ts'
export * as Pending from '../pending/Pending.ts'
export * as Schedule from '../pending/Schedule.ts'
export type { Node } from '../segment/Node.ts'
export type { NodeDetails } from '../segment/NodeDetails.ts'
export * as Payload from '../segment/Payload.ts'
export { ORIGINAL_PARENT_KEY, reparented } from '../segment/Payload.ts'
export * as Segment from '../segment/Segment.ts'
export * as SegmentName from '../segment/SegmentName.ts'
export * as SegmentOrigin from '../segment/SegmentOrigin.ts'
export * as SyntheticRoot from '../segment/SyntheticRoot.ts'
export * as EventBase from '../sentry/EventBase.ts'
export * as Assembly from './Assembly.ts'
export { collect, emitMade } from './assemble.ts'
export { type Described, type Describer, describe } from './describe.ts'
export type { ScannedDescriber, ScannedStep } from './describeScanned.ts'
export type * as Machine from './Machine.ts'
export { type Emit, planSegments } from './planSegments.ts'
export { runToEnd } from './runToEnd.ts'
export * as TransactionPlan from './TransactionPlan.ts'
