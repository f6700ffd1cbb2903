/** The marks of trimmed data: that something was trimmed, and the names of what was. */
import type { JsonObject } from '../model/Json.ts'
import type { Parts } from './cutToLevel.ts'

// model

/** The key that marks trimmed data. */
const TRIMMED = 'sentry_exporter.trimmed'

/** The key of the names of the trimmed parts; data is named by its keys. */
const NAMES = 'sentry_exporter.trimmed_parts'

const MAX_NAMES_CHARACTERS = 200

/** The bytes that the marks add to data. A character of a name takes at most six bytes. */
export const MARK_BYTES: number =
  `,"${TRIMMED}":true,"${NAMES}":""`.length + MAX_NAMES_CHARACTERS * 6

// transformations

/** Data with the marks. */
export const mark = (data: JsonObject, names: ReadonlyArray<string>): JsonObject => ({
  ...data,
  [TRIMMED]: true,
  [NAMES]: names.join(', ').slice(0, MAX_NAMES_CHARACTERS),
})

// folds

/** The names of the parts that were cut. Of `data` they are its keys. */
export const namesOf = (before: Parts, after: Parts): ReadonlyArray<string> =>
  Object.entries(before).flatMap(([name, part]) => {
    const kept = after[name]
    if (kept === part) return []
    if (name !== 'data') return [name]
    const values = new Map(Object.entries(kept ?? {}))
    return Object.entries(part).flatMap(([key, value]) => (values.get(key) === value ? [] : key))
  })
