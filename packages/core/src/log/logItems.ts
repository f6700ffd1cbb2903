/**
 * From log records to printed log items.
 *
 * @example
 * ```ts
 * import { Attributes, Mapping, Micros, Resource, Sensitive } from '@sentry-exporter/core'
 * import { ItemText, logItems } from '@sentry-exporter/core/pipeline'
 *
 * const toItems = logItems({ mapping: Mapping.sentry, privacy: Sensitive.defaults })
 * const record = {
 *   traceId: undefined,
 *   spanId: undefined,
 *   timeMicros: Micros.of(1_700_000_000_000_000),
 *   severity: 9,
 *   body: 'the shop is open',
 *   attributes: Attributes.empty,
 *   resource: Resource.of({ 'service.name': 'shop' }),
 * }
 * const [item] = toItems([record], 1_700_000_000_000).items
 * if (item !== undefined) console.log(JSON.parse(ItemText.textOf(item)).body) // the shop is open
 * ```
 */
import * as E from '#fp-ts/Either'
import * as O from '#fp-ts/Option'
import type { Hook } from '../filter/Hook.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import type * as Sensitive from '../filter/Sensitive.ts'
import { fitAttributes } from '../item/fitAttributes.ts'
import * as ItemText from '../item/ItemText.ts'
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import * as Losses from '../model/Losses.ts'
import * as Micros from '../model/Micros.ts'
import type { Resource } from '../model/Resource.ts'
import * as Repairs from '../size/Repairs.ts'
import { applyLogHook } from './applyLogHook.ts'
import * as LogDraft from './LogDraft.ts'
import * as LogItem from './LogItem.ts'
import { printLog } from './printLog.ts'

// model

export interface LogItemsOptions {
  readonly mapping: Mapping
  /** The mapping of the records of a resource that has one of its own. */
  readonly mappingFor?: ((resource: Resource) => Mapping | undefined) | undefined
  readonly privacy: Sensitive.Privacy
  readonly hook?: Hook<LogItem.LogItem> | undefined
}

export interface LogItems extends HookFailure.WithFailures {
  /** In the order of the records. */
  readonly items: ReadonlyArray<ItemText.PrintedItem>
  readonly losses: Losses.Losses
}

/** Counts of one call. */
interface Counts {
  trimmed: number
  invalid: number
  dropped: number
  failed: number
  failures: ReadonlyArray<HookFailure.HookFailure>
}

// transformations

/** `nowMillis` is the time of records without one. All calls share the memory of resources. */
export const logItems = (
  options: LogItemsOptions,
): ((records: ReadonlyArray<LogRecord>, nowMillis: number) => LogItems) => {
  const faults = CheckedMapping.start()
  // Of the facts about resources, which are made once for all calls.
  const repairs = Repairs.start()
  const toDraft = byResource(options, faults, repairs)
  const print = printing(options.hook)
  return (records, nowMillis) => {
    const nowMicros = Micros.fromMillis(nowMillis)
    const counts = startCounts()
    const items: Array<ItemText.PrintedItem> = []
    for (const record of records) {
      try {
        const item = print(toDraft(record, nowMicros), record.resource, counts)
        if (item !== undefined) items.push(item)
      } catch {
        // A record that was made by hand may lack a field.
        counts.invalid++
      }
    }
    const failures = HookFailure.concat(counts.failures, CheckedMapping.take(faults, repairs))
    const { trimmed, dropped, failed, invalid } = counts
    const { field } = repairs
    repairs.field = 0
    const losses = Losses.ofCounts({
      before_send_log: dropped,
      field,
      hook_failed_log: failed,
      invalid_record: invalid,
      trimmed,
    })
    return { items, losses, ...HookFailure.asField(failures) }
  }
}

const startCounts = (): Counts => ({
  trimmed: 0,
  invalid: 0,
  dropped: 0,
  failed: 0,
  failures: [],
})

/** Drafts by the mapping of the resource of each record. */
const byResource = (
  { mapping, mappingFor, privacy }: LogItemsOptions,
  faults: CheckedMapping.MappingFaults,
  repairs: Repairs.Repairs,
): ReturnType<typeof LogDraft.of> => {
  const make = (one: Mapping) =>
    LogDraft.of(CheckedMapping.checkedMapping(one, faults), privacy, repairs)
  const toDraft = make(mapping)
  if (mappingFor === undefined) return toDraft
  const others = new Map<Mapping, typeof toDraft>()
  return (record, nowMicros) => {
    const own = mappingFor(record.resource)
    if (own === undefined) return toDraft(record, nowMicros)
    const made = others.get(own) ?? make(own)
    others.set(own, made)
    return made(record, nowMicros)
  }
}

type Print = (
  draft: LogDraft.LogDraft,
  from: Resource,
  counts: Counts,
) => ItemText.PrintedItem | undefined

const printing = (hook: LogItemsOptions['hook']): Print => {
  const apply = hook === undefined ? undefined : applyLogHook(hook)
  const print = ItemText.attributesPrinter()
  const printWhole = (item: LogItem.LogItem, from: Resource): ItemText.PrintedItem => ({
    ...printLog(item, print(item.attributes)),
    bytes: LogItem.bytesOf(item),
    from,
  })
  return (draft, from, counts) => {
    if (draft.isTrimmed) counts.trimmed++
    if (apply === undefined && !LogDraft.hasCommonKey(draft)) {
      const { head, own, shared, bytes } = draft
      // hot: once for each record. A spread takes several times as long.
      const { before, after } = printLog(head, print(own), shared)
      return { before, shared, after, bytes, from }
    }
    const item = LogDraft.whole(draft)
    if (apply === undefined) return printWhole(item, from)
    const answer = apply(item)
    if (E.isLeft(answer)) {
      counts.failed++
      counts.failures = HookFailure.concat(counts.failures, [answer.left])
      return undefined
    }
    if (O.isNone(answer.right)) {
      counts.dropped++
      return undefined
    }
    const fitted = fit(answer.right.value)
    if (fitted.isTrimmed && !draft.isTrimmed) counts.trimmed++
    return printWhole(fitted.item, from)
  }
}

/** An item of a hook within the limits of the server. */
const fit = (
  item: LogItem.LogItem,
): { readonly item: LogItem.LogItem; readonly isTrimmed: boolean } => {
  const { attributes, isTrimmed, size } = fitAttributes(
    item.attributes,
    LogDraft.MAX_ATTRIBUTE_BYTES,
  )
  const body = LogDraft.fitBody(item.body, size)
  return { item: { ...item, body, attributes }, isTrimmed: isTrimmed || body !== item.body }
}
