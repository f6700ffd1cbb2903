/**
 * From metrics to printed metric items.
 *
 * @example
 * ```ts
 * import { Mapping, Metric, Sensitive } from '@sentry-exporter/core'
 * import { ItemText, MetricRules, MetricState, metricItems } from '@sentry-exporter/core/pipeline'
 *
 * const { take } = metricItems({
 *   mapping: Mapping.sentry,
 *   privacy: Sensitive.defaults,
 *   rules: MetricRules.defaults,
 * })
 * const points = [Metric.numberPoint(3)]
 * const metric = Metric.make({
 *   name: 'orders',
 *   data: { _tag: 'Sum', temporality: 'delta', isMonotonic: true, points },
 * })
 * const [item] = take(MetricState.empty(), [metric], 1_700_000_000_000).items
 * if (item !== undefined) console.log(JSON.parse(ItemText.textOf(item)).type) // counter
 * ```
 */
import type { Hook } from '../filter/Hook.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import type * as Sensitive from '../filter/Sensitive.ts'
import { cutBytes } from '../internal/text/cutBytes.ts'
import { byMapping, type MappingChoice } from '../item/byMapping.ts'
import { fitAttributes } from '../item/fitAttributes.ts'
import type * as ItemText from '../item/ItemText.ts'
import { type ItemCounts, itemPrinter, startCounts } from '../item/itemPrinter.ts'
import * as SharedAttributes from '../item/SharedAttributes.ts'
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import * as Losses from '../model/Losses.ts'
import type { Metric } from '../model/Metric.ts'
import * as Micros from '../model/Micros.ts'
import * as Repairs from '../size/Repairs.ts'
import { applyMetricHook } from './applyMetricHook.ts'
import * as MetricDraft from './MetricDraft.ts'
import * as MetricItem from './MetricItem.ts'
import type { MetricRules } from './MetricRules.ts'
import * as MetricState from './MetricState.ts'
import { pointCount, pointsOf } from './pointsOf.ts'
import { printMetric } from './printMetric.ts'
import { seriesKeys } from './seriesKeys.ts'

// model

export interface MetricItemsOptions extends MappingChoice {
  readonly privacy: Sensitive.Privacy
  readonly hook?: Hook<MetricItem.MetricItem> | undefined
  readonly rules: MetricRules
}

export interface MetricStep extends HookFailure.WithFailures {
  readonly state: MetricState.MetricState
  /** In the order of the points. */
  readonly items: ReadonlyArray<ItemText.PrintedItem>
  readonly losses: Losses.Losses
}

export interface MetricItems {
  /** Takes metrics; gives the items of the points that are ready. `nowMillis` is the time of points without one. */
  readonly take: (
    state: MetricState.MetricState,
    metrics: ReadonlyArray<Metric>,
    nowMillis: number,
  ) => MetricStep
  /** Gives the items of the waiting points whose interval is over; of all waiting points with `Infinity`. */
  readonly release: (state: MetricState.MetricState, nowMillis: number) => MetricStep
}

// transformations

/** All calls share the memory of resources. */
export const metricItems = (options: MetricItemsOptions): MetricItems => {
  const { rules } = options
  const print = printing(options)
  const keysOf = seriesKeys()
  return {
    take: (given, metrics, nowMillis) => {
      const taking: Taking = { state: started(given, metrics, nowMillis), ready: [], lost: {} }
      for (const metric of metrics) {
        try {
          takeMetric(taking, metric, keysOf, { rules, nowMillis })
        } catch {
          // A metric that was made by hand may lack a field. None of its points was taken.
          count(taking, 'invalid_metric', pointCount(metric))
        }
      }
      const printed = print(taking.ready)
      return {
        state: taking.state,
        ...printed,
        losses: Losses.concat(Losses.ofCounts(taking.lost), printed.losses),
      }
    },
    release: (given, nowMillis) => {
      const { state, ready } = MetricState.release(given, nowMillis, rules)
      return { state, ...print(ready) }
    },
  }
}

/** The state of one call. */
interface Taking {
  state: MetricState.MetricState
  readonly ready: Array<MetricState.ReadyPoint>
  readonly lost: { [reason in Losses.LossReason]?: number }
}

const count = ({ lost }: Taking, reason: Losses.LossReason, points: number): void => {
  lost[reason] = (lost[reason] ?? 0) + points
}

const started = (
  state: MetricState.MetricState,
  metrics: ReadonlyArray<Metric>,
  nowMillis: number,
): MetricState.MetricState => {
  const advanced = MetricState.advance(state, nowMillis)
  if (advanced.sinceMicros !== undefined || metrics.length === 0) return advanced
  const times = metrics.flatMap(timesOf).filter((micros) => micros > 0)
  const earliest = times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const sinceMicros = times.length > 0 ? Micros.of(earliest) : Micros.fromMillis(nowMillis)
  return { ...advanced, sinceMicros }
}

const timesOf = (metric: Metric): ReadonlyArray<Micros.Micros> => {
  try {
    return metric.data.points.map(({ timeMicros }) => timeMicros)
  } catch {
    // Of a metric that was made by hand. It is counted when it is taken.
    return []
  }
}

interface TakeOptions {
  readonly rules: MetricRules
  readonly nowMillis: number
}

/** Takes all points, or throws before it takes one. */
const takeMetric = (
  taking: Taking,
  metric: Metric,
  keysOf: ReturnType<typeof seriesKeys>,
  { rules, nowMillis }: TakeOptions,
): void => {
  const refused = refusalOf(metric.name, rules)
  if (refused !== undefined) {
    count(taking, refused, pointCount(metric))
    return
  }
  const { resource, scope } = metric
  const from = { resource, scope }
  const arrivedMicros = Micros.fromMillis(nowMillis)
  const keyOf = keysOf(metric)
  const keyed = pointsOf(metric).map((named) => ({ named, key: keyOf(named) }))
  for (const { named, key } of keyed) {
    const { name, unit, totals } = named
    if (totals === undefined) {
      count(taking, 'metric_no_value', 1)
      continue
    }
    const point =
      named.point.timeMicros > 0 ? named.point : { ...named.point, timeMicros: arrivedMicros }
    const arriving = { name, unit, point, totals, from, key, arrivedMicros }
    const { state, ready, lost } = MetricState.take(taking.state, arriving, rules)
    taking.state = state
    taking.ready.push(...ready)
    if (lost !== undefined) count(taking, lost, 1)
  }
}

/** The server refuses a metric without a name. */
const refusalOf = (name: string, { isSent }: MetricRules): Losses.LossReason | undefined => {
  if (!isSent(name)) return 'metric_filtered'
  return name.trim() === '' ? 'invalid_metric' : undefined
}

type Print = (ready: ReadonlyArray<MetricState.ReadyPoint>) => Omit<MetricStep, 'state'>

const printing = (options: MetricItemsOptions): Print => {
  const { hook, privacy, rules } = options
  const faults = CheckedMapping.start()
  // Of the facts about resources, which are made once for all calls.
  const repairs = Repairs.start()
  const toDrafts = byMapping(options, faults, (mapping) =>
    MetricDraft.of(mapping, rules.maxBuckets, privacy, repairs),
  )
  const print = itemPrinter<MetricItem.MetricHead>({
    printHead: printMetric,
    bytesOf: MetricItem.bytesOf,
    hook: hook === undefined ? undefined : applyMetricHook(hook),
    fit,
  })
  return (ready) => {
    const counts = startCounts()
    const items: Array<ItemText.PrintedItem> = []
    let invalid = 0
    for (const point of ready) {
      const { resource } = point.from
      try {
        const { drafts, isCut } = toDrafts(resource)(point)
        if (isCut) counts.trimmed++
        for (const draft of drafts) {
          const item = print(draft, resource, counts)
          if (item !== undefined) items.push(item)
        }
      } catch {
        invalid++
      }
    }
    const failures = HookFailure.concat(counts.failures, CheckedMapping.take(faults, repairs))
    const losses = lossesOf(counts, invalid, repairs.field)
    repairs.field = 0
    return { items, losses, ...HookFailure.asField(failures) }
  }
}

const lossesOf = (
  { trimmed, dropped, failed }: ItemCounts,
  invalid: number,
  field: number,
): Losses.Losses =>
  Losses.ofCounts({
    before_send_metric: dropped,
    field,
    hook_failed_metric: failed,
    invalid_metric: invalid,
    trimmed,
  })

/** An item of a hook within the limits of the server. */
const fit = (
  item: MetricItem.MetricItem,
): { readonly item: MetricItem.MetricItem; readonly isTrimmed: boolean } => {
  const { attributes, isTrimmed } = fitAttributes(
    item.attributes,
    MetricDraft.MAX_OWN_BYTES + SharedAttributes.MAX_BYTES,
  )
  const name = cutBytes(item.name, MetricDraft.MAX_NAME_BYTES)
  return { item: { ...item, name, attributes }, isTrimmed: isTrimmed || name !== item.name }
}
