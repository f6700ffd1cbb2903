/**
 * The user of an event, read from the finished `data` of its root span, which are redacted: without `sendDefaultPii` there
 * is no user. Source: `relay-event-schema/src/protocol/user.rs` of getsentry/relay.
 */
import { shorten } from '../internal/text/cutBytes.ts'
import type { JsonObject } from '../model/Json.ts'
import { characters } from '../model/ServerLimits.ts'

// model

export interface User {
  readonly id?: string
  readonly email?: string
  readonly username?: string
  readonly ip_address?: string
}

// constructors

const FIELDS: ReadonlyArray<
  readonly [field: keyof User, keys: ReadonlyArray<string>, maxCharacters: number]
> = [
  ['id', ['user.id', 'enduser.id'], characters.userId],
  ['email', ['user.email'], characters.userEmail],
  ['username', ['user.name', 'enduser.pseudo.id'], characters.userName],
  ['ip_address', ['client.address', 'user.ip_address'], 64],
]

/** An IP address of version 4 or 6, by its characters; not a host name. */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|(?=.*:)[0-9a-fA-F:.]{2,45})$/

/** `undefined` if no attribute describes the user. */
export const ofData = (data: JsonObject): User | undefined => {
  const user: { -readonly [Key in keyof User]: User[Key] } = {}
  for (const [field, keys, maxCharacters] of FIELDS) {
    for (const key of keys) {
      const value = data[key]
      const text = typeof value === 'number' ? String(value) : value
      if (user[field] !== undefined || typeof text !== 'string' || text === '') continue
      if (field !== 'ip_address' || ADDRESS.test(text)) user[field] = shorten(text, maxCharacters)
    }
  }
  return Object.keys(user).length === 0 ? undefined : user
}

// folds

/** The number of texts of the user that were cut. */
export const cuts = (data: JsonObject, user: User): number =>
  FIELDS.filter(([field, keys]) => {
    const made = user[field]
    return made !== undefined && !keys.some((key) => String(data[key]) === made)
  }).length
