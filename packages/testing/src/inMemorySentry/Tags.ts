/** Tags: a map, or a list of pairs. Source: `relay-event-schema/src/protocol/tags.rs` of getsentry/relay. */
import * as Fields from './Fields.ts'
import * as Verdict from './Verdict.ts'

// folds

/** The tags of an event that Sentry changes or removes. A tag that is too long is removed, not shortened. */
export const cuts = (tags: unknown): ReadonlyArray<Verdict.Cut> => {
  if (Fields.isAbsent(tags)) return Verdict.NONE
  if (Array.isArray(tags)) {
    return tags.flatMap((pair, index) =>
      Array.isArray(pair) && pair.length === 2
        ? cutsOfTag(`tags.${index}`, pair[0], pair[1], isFirst(tags, index))
        : [Verdict.cut(`tags.${index}`, 'invalid')],
    )
  }
  return Fields.isFields(tags)
    ? Object.entries(tags).flatMap(([key, value]) => cutsOfTag(`tags.${key}`, key, value, true))
    : [Verdict.cut('tags', 'invalid')]
}

const cutsOfTag = (
  path: string,
  key: unknown,
  value: unknown,
  isFirstOfKey: boolean,
): ReadonlyArray<Verdict.Cut> => {
  if (!isKey(key) || !isValue(value)) return [Verdict.cut(path, 'invalid')]
  if (RESERVED.test(key)) return [Verdict.cut(path, 'reserved')]
  if (key === 'environment') return [Verdict.cut(path, 'moved')]
  if (!isFirstOfKey) return [Verdict.cut(path, 'duplicate')]
  // A space in a key becomes a dash.
  return key.includes(' ') ? [Verdict.cut(path, 'patched')] : Verdict.NONE
}

const isFirst = (pairs: ReadonlyArray<unknown>, index: number): boolean => {
  const keyAt = (at: number): unknown => {
    const pair = pairs[at]
    return Array.isArray(pair) ? pair[0] : undefined
  }
  return pairs.findIndex((_, at) => keyAt(at) === keyAt(index)) === index
}

const isKey = (key: unknown): key is string =>
  typeof key === 'string' && /^[a-zA-Z0-9_.:\- ]{1,200}$/.test(key)

const isValue = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.trim() !== '' && [...value].length <= 200 && !value.includes('\n')
    : typeof value === 'number' || typeof value === 'boolean'

const RESERVED = /^(?:release|dist|user|filename|function|sentry:.*)$/
