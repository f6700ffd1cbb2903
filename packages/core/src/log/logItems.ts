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
import type { Hook } from '../filter/Hook.ts'
import * as HookFailure from '../filter/HookFailure.ts'
import type * as Sensitive from '../filter/Sensitive.ts'
import { byMapping, type MappingChoice } from '../item/byMapping.ts'
import { fitAttributes } from '../item/fitAttributes.ts'
import type * as ItemText from '../item/ItemText.ts'
import { itemPrinter, startCounts } from '../item/itemPrinter.ts'
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import type { LogRecord } from '../model/LogRecord.ts'
import * as Losses from '../model/Losses.ts'
import * as Micros from '../model/Micros.ts'
import * as Repairs from '../size/Repairs.ts'
import { applyLogHook } from './applyLogHook.ts'
import * as LogDraft from './LogDraft.ts'
import * as LogItem from './LogItem.ts'
import { printLog } from './printLog.ts'

// model

export interface LogItemsOptions extends MappingChoice {
  readonly privacy: Sensitive.Privacy
  readonly hook?: Hook<LogItem.LogItem> | undefined
}

export interface LogItems extends HookFailure.WithFailures {
  /** In the order of the records. */
  readonly items: ReadonlyArray<ItemText.PrintedItem>
  readonly losses: Losses.Losses
}

// transformations

/** `nowMillis` is the time of records without one. All calls share the memory of resources. */
export const logItems = (
  options: LogItemsOptions,
): ((records: ReadonlyArray<LogRecord>, nowMillis: number) => LogItems) => {
  const faults = CheckedMapping.start()
  // Of the facts about resources, which are made once for all calls.
  const repairs = Repairs.start()
  const { hook, privacy } = options
  const toDraft = byMapping(options, faults, (mapping) => LogDraft.of(mapping, privacy, repairs))
  const print = itemPrinter<LogItem.LogHead>({
    printHead: printLog,
    bytesOf: LogItem.bytesOf,
    hook: hook === undefined ? undefined : applyLogHook(hook),
    fit,
  })
  return (records, nowMillis) => {
    const nowMicros = Micros.fromMillis(nowMillis)
    const counts = startCounts()
    const items: Array<ItemText.PrintedItem> = []
    let invalid = 0
    for (const record of records) {
      try {
        const draft = toDraft(record.resource)(record, nowMicros)
        const item = print(draft, record.resource, counts)
        if (item !== undefined) items.push(item)
      } catch {
        // A record that was made by hand may lack a field.
        invalid++
      }
    }
    const failures = HookFailure.concat(counts.failures, CheckedMapping.take(faults, repairs))
    const { trimmed, dropped, failed } = counts
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
