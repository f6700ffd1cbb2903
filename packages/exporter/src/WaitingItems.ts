/**
 * Items of one kind, logs or metrics, that wait for others of their project, so that an envelope holds many: a pure state.
 *
 * Laws: each item leaves once, those of a project in their order. No envelope has more items than `Container.MAX_VALUES` of its
 * kind, nor more than `MAX_CHARACTERS` characters unless it has one item.
 *
 * @example
 * ```ts
 * import { Resource } from '@sentry-exporter/core'
 * import { WaitingItems } from '@sentry-exporter/exporter'
 *
 * const item = { before: '{', shared: { text: '"body":"a"' }, after: '}', bytes: 1, from: Resource.unknown }
 * const add = WaitingItems.add('log', () => ({ _tag: 'Default' }))
 * const { state, full } = add(WaitingItems.empty, [item, item])
 * console.log(state.count, full.length, WaitingItems.groups(state)[0]?.items.length) // 2 0 2
 * ```
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type { ItemText } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import type { PrintedItems } from './ItemEnvelope.ts'
import * as ItemKind from './ItemKind.ts'
import type { Destination } from './Routing.ts'

// model

/** The items of one envelope. */
export interface ItemGroup extends PrintedItems {
  readonly to: Destination
}

export interface WaitingItems {
  /** One group for each destination, by its key. */
  readonly byDestination: ReadonlyMap<unknown, ItemGroup>
  readonly count: number
}

export interface WaitingItemsStep {
  readonly state: WaitingItems
  /** Groups that became full, in their order. */
  readonly full: ReadonlyArray<ItemGroup>
  /** Items that no route takes. */
  readonly losses: Losses.Losses
}

/** Sentry's SDKs send so much at a time. */
const MAX_CHARACTERS = 800_000

/** A group while items are added. */
interface OpenGroup {
  readonly kind: ItemKind.ItemKind
  readonly to: Destination
  readonly items: Array<ItemText.ItemText>
  characters: number
  bytes: number
}

// constructors

export const empty: WaitingItems = { byDestination: new Map(), count: 0 }

// transformations

/** Adds items of one kind to the groups of their destinations. */
export const add = (
  kind: ItemKind.ItemKind,
  destinationOf: (from: Resource) => Destination,
): ((state: WaitingItems, items: ReadonlyArray<ItemText.PrintedItem>) => WaitingItemsStep) => {
  const { maxItems, unrouted: reason } = ItemKind.factsOf[kind]
  return (state, items) => {
    const groups = new Map(state.byDestination)
    const open = new Map<unknown, OpenGroup>()
    const full: Array<ItemGroup> = []
    let unrouted = 0
    for (const item of items) {
      const { bytes, from } = item
      const to = destinationOf(from)
      if (to._tag === 'Drop') {
        unrouted++
        continue
      }
      const key = keyOf(to)
      let group = open.get(key) ?? opened(kind, to, groups.get(key))
      const characters = charactersOf(item)
      if (group.items.length > 0 && group.characters + characters > MAX_CHARACTERS) {
        full.push(group)
        group = opened(kind, to)
      }
      group.items.push(item)
      group.characters += characters
      group.bytes += bytes
      if (group.items.length >= maxItems) {
        full.push(group)
        group = opened(kind, to)
      }
      open.set(key, group)
    }
    for (const [key, group] of open) {
      if (group.items.length > 0) groups.set(key, group)
      else groups.delete(key)
    }
    const left = full.reduce((sum, group) => sum + group.items.length, 0)
    return {
      state: { byDestination: groups, count: state.count + items.length - unrouted - left },
      full,
      losses: Losses.of(reason, unrouted),
    }
  }
}

const opened = (kind: ItemKind.ItemKind, to: Destination, group?: ItemGroup): OpenGroup => ({
  kind,
  to,
  items: [...(group?.items ?? [])],
  characters: (group?.items ?? []).reduce((sum, item) => sum + charactersOf(item), 0),
  bytes: group?.bytes ?? 0,
})

const charactersOf = ({ before, shared, after }: ItemText.ItemText): number =>
  before.length + shared.text.length + after.length

const keyOf = (to: Destination): unknown => {
  switch (to._tag) {
    case 'Dsn':
      return to.dsn
    case 'Project':
      return to.project.slug
    default:
      return to._tag
  }
}

// folds

/** All groups that wait. */
export const groups = ({ byDestination }: WaitingItems): ReadonlyArray<ItemGroup> => [
  ...byDestination.values(),
]
