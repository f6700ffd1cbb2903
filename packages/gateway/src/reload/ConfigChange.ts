/**
 * The difference between two configurations, as keys without their values, and whether it can be applied to a running gateway.
 *
 * Laws: a configuration has no difference to itself, also if it was loaded twice. No value is in a difference.
 */
import * as E from '#fp-ts/Either'
import type { GatewayConfig } from '../config/GatewayModel.ts'
import * as ConfigKeys from './ConfigKeys.ts'
import { isSame } from './isSame.ts'
import type { KeyEffect, KeyedValue } from './KeyRule.ts'

// model

export interface ConfigChange {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly effect: KeyEffect
}

/** Changes that a running gateway can apply. */
export interface ConfigChanges {
  readonly changes: ReadonlyArray<ConfigChange>
  /** Ids of exporters. */
  readonly added: ReadonlyArray<string>
  readonly removed: ReadonlyArray<string>
  readonly changed: ReadonlyArray<string>
}

/** The changes that a running gateway cannot apply. */
export interface RestartNeeded {
  readonly _tag: 'RestartNeeded'
  readonly changes: ReadonlyArray<ConfigChange>
}

// transformations

/** From the first configuration to the second. */
export const between = (
  before: GatewayConfig,
  after: GatewayConfig,
): E.Either<RestartNeeded, ConfigChanges> => {
  const changes = changesBetween(ConfigKeys.valuesOf(before), ConfigKeys.valuesOf(after))
  const refused = changes.filter(({ effect }) => effect === 'restart')
  if (refused.length > 0) return E.left({ _tag: 'RestartNeeded', changes: refused })
  const [former, ids] = [exporterIds(before), exporterIds(after)]
  return E.right({
    changes,
    added: ids.filter((id) => !former.includes(id)),
    removed: former.filter((id) => !ids.includes(id)),
    changed: ids.filter(
      (id) => former.includes(id) && changes.some(({ path }) => isInside(path, `exporters::${id}`)),
    ),
  })
}

const exporterIds = ({ exporters }: GatewayConfig): ReadonlyArray<string> =>
  exporters.map(({ id }) => id)

/** Each key once. The keys of a record that was added or removed are not named beside it. */
const changesBetween = (
  before: ReadonlyArray<KeyedValue>,
  after: ReadonlyArray<KeyedValue>,
): ReadonlyArray<ConfigChange> => {
  const [former, latter] = [groupByPath(before), groupByPath(after)]
  const changes: Array<ConfigChange> = []
  for (const path of new Set([...former.keys(), ...latter.keys()])) {
    const [was, is] = [former.get(path) ?? [], latter.get(path) ?? []]
    const strictest = [...was, ...is].find(({ effect }) => effect === 'restart') ?? was[0] ?? is[0]
    if (strictest === undefined) continue
    if (was.length === 0) changes.push({ path, kind: 'added', effect: strictest.effect })
    else if (is.length === 0) changes.push({ path, kind: 'removed', effect: strictest.effect })
    else {
      const changed = is.find((one, index) => !isSame(one.value, was[index]?.value))
      if (changed !== undefined) changes.push({ path, kind: 'changed', effect: changed.effect })
    }
  }
  const whole = changes.filter(({ kind }) => kind !== 'changed')
  return changes.filter(
    ({ path }) => !whole.some((one) => one.path !== path && isInside(path, one.path)),
  )
}

/** A key can have a value for its presence beside its own, or be that of two fields. */
const groupByPath = (
  values: ReadonlyArray<KeyedValue>,
): ReadonlyMap<string, ReadonlyArray<KeyedValue>> => {
  const groups = new Map<string, Array<KeyedValue>>()
  for (const value of values) {
    const group = groups.get(value.path)
    if (group === undefined) groups.set(value.path, [value])
    else group.push(value)
  }
  return groups
}

const isInside = (path: string, outer: string): boolean =>
  path === outer || path.startsWith(`${outer}::`)

// encoding

const MAX_SHOWN = 10

/** `exporters::sentry::dsn was changed`, for the first keys, and the number of the others. */
export const show = (changes: ReadonlyArray<ConfigChange>): string => {
  const shown = changes.slice(0, MAX_SHOWN).map(({ path, kind }) => `${path} was ${kind}`)
  const more = changes.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
