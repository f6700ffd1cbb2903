/**
 * Logs that wait for others of their project, so that an envelope holds many: a pure state.
 *
 * Laws: each log leaves once, those of a project in their order. No envelope has more than `MAX_LOGS` logs, nor more than
 * `MAX_CHARACTERS` characters unless it has one log.
 *
 * @example
 * ```ts
 * import { Resource } from '@sentry-exporter/core'
 * import { WaitingLogs } from '@sentry-exporter/exporter'
 *
 * const item = { before: '{', shared: { text: '"body":"a"' }, after: '}', bytes: 1, from: Resource.unknown }
 * const add = WaitingLogs.add(() => ({ _tag: 'Default' }))
 * const { state, full } = add(WaitingLogs.empty, [item, item])
 * console.log(state.count, full.length, WaitingLogs.groups(state)[0]?.logs.length) // 2 0 2
 * ```
 */
import * as Losses from '@sentry-exporter/core/Losses'
import type { ItemText } from '@sentry-exporter/core/pipeline'
import type { Resource } from '@sentry-exporter/core/Resource'
import * as Container from '@sentry-exporter/envelope/Container'
import type { PrintedLogs } from './LogEnvelope.ts'
import type { Destination } from './Routing.ts'

// model

/** The logs of one envelope. */
export interface LogGroup extends PrintedLogs {
  readonly to: Destination
}

export interface WaitingLogs {
  /** One group for each destination, by its key. */
  readonly byDestination: ReadonlyMap<unknown, LogGroup>
  readonly count: number
}

export interface WaitingLogsStep {
  readonly state: WaitingLogs
  /** Groups that became full, in their order. */
  readonly full: ReadonlyArray<LogGroup>
  /** Logs that no route takes. */
  readonly losses: Losses.Losses
}

/** Sentry's SDKs send so much at a time. */
const MAX_CHARACTERS = 800_000

/** A group while logs are added. */
interface OpenGroup {
  readonly to: Destination
  readonly logs: Array<ItemText.ItemText>
  characters: number
  bytes: number
}

// constructors

export const empty: WaitingLogs = { byDestination: new Map(), count: 0 }

// transformations

/** Adds logs to the groups of their destinations. */
export const add =
  (destinationOf: (from: Resource) => Destination) =>
  (state: WaitingLogs, items: ReadonlyArray<ItemText.PrintedItem>): WaitingLogsStep => {
    const groups = new Map(state.byDestination)
    const open = new Map<unknown, OpenGroup>()
    const full: Array<LogGroup> = []
    let unrouted = 0
    for (const item of items) {
      const { bytes, from } = item
      const to = destinationOf(from)
      if (to._tag === 'Drop') {
        unrouted++
        continue
      }
      const key = keyOf(to)
      let group = open.get(key) ?? opened(groups.get(key), to)
      const characters = charactersOf(item)
      if (group.logs.length > 0 && group.characters + characters > MAX_CHARACTERS) {
        full.push(group)
        group = opened(undefined, to)
      }
      group.logs.push(item)
      group.characters += characters
      group.bytes += bytes
      if (group.logs.length >= Container.MAX_LOGS) {
        full.push(group)
        group = opened(undefined, to)
      }
      open.set(key, group)
    }
    for (const [key, group] of open) {
      if (group.logs.length > 0) groups.set(key, group)
      else groups.delete(key)
    }
    const left = full.reduce((sum, { logs }) => sum + logs.length, 0)
    return {
      state: { byDestination: groups, count: state.count + items.length - unrouted - left },
      full,
      losses: Losses.of('unrouted_log', unrouted),
    }
  }

const opened = (group: LogGroup | undefined, to: Destination): OpenGroup => ({
  to,
  logs: [...(group?.logs ?? [])],
  characters: (group?.logs ?? []).reduce((sum, log) => sum + charactersOf(log), 0),
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
export const groups = ({ byDestination }: WaitingLogs): ReadonlyArray<LogGroup> => [
  ...byDestination.values(),
]
