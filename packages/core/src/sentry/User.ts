/**
 * The user of an event, read from the finished `data` of its root span, which are redacted: without `sendDefaultPii` there
 * is no user. Source: `relay-event-schema/src/protocol/user.rs` of getsentry/relay.
 */
import type { JsonObject } from '../model/Json.ts'

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
  ['id', ['user.id', 'enduser.id'], 128],
  ['email', ['user.email'], 75],
  ['username', ['user.name', 'enduser.pseudo.id'], 128],
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
      if (field !== 'ip_address' || ADDRESS.test(text)) user[field] = text.slice(0, maxCharacters)
    }
  }
  return Object.keys(user).length === 0 ? undefined : user
}
