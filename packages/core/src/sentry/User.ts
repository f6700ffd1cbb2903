/**
 * Whom an event is about, read from the finished data of its root span: what privacy left out there cannot stand here,
 * so that without `sendDefaultPii` there is none. Source: `relay-event-schema/src/protocol/user.rs` of getsentry/relay.
 */
import type { JsonObject } from '../model/Json.ts'

// model

export interface User {
  readonly id?: string
  readonly email?: string
  readonly username?: string
  readonly ip_address?: string
}

// destructors

/** `undefined` where nothing is known of the user. */
export const ofData = (data: JsonObject): User | undefined => {
  const user: { -readonly [Key in keyof User]: User[Key] } = {}
  for (const [field, keys, most] of FIELDS) {
    for (const key of keys) {
      const value = data[key]
      const text = typeof value === 'number' ? String(value) : value
      if (user[field] !== undefined || typeof text !== 'string' || text === '') continue
      if (field !== 'ip_address' || ADDRESS.test(text)) user[field] = text.slice(0, most)
    }
  }
  return Object.keys(user).length === 0 ? undefined : user
}

const FIELDS: ReadonlyArray<
  readonly [field: keyof User, keys: ReadonlyArray<string>, mostCharacters: number]
> = [
  ['id', ['user.id', 'enduser.id'], 128],
  ['email', ['user.email'], 75],
  ['username', ['user.name', 'enduser.pseudo.id'], 128],
  ['ip_address', ['client.address', 'user.ip_address'], 64],
]

/** An address of version 4 or 6, as far as it can be seen from its characters: a host name is none. */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|(?=.*:)[0-9a-fA-F:.]{2,45})$/
