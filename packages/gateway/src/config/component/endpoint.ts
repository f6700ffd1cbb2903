/** The address of a server: `host:port`, `[::1]:4317`, `:4318` for all addresses; or a path with `transport: unix`. */

import * as ConfigProblem from '../ConfigProblem.ts'
import { type Codec, checked, mapWith } from '../codec/Codec.ts'
import { leaf, oneOf, textOf } from '../codec/scalars.ts'
import type { Endpoint } from '../ReceiverConfig.ts'

// constructors

const ALL_ADDRESSES = '0.0.0.0'

const MAX_PORT = 65_535

const HOST_AND_PORT = /^(\[[0-9A-Fa-f:.%a-z]+\]|[\w.-]*):(\d{1,5})$/

const UNIX = /^unix:(?:\/\/)?(\/.+)$/

/** The address of a text; `undefined` for any other text. */
export const parseEndpoint = (text: string): Endpoint | undefined => {
  const path = UNIX.exec(text)?.[1]
  if (path !== undefined) return { _tag: 'Unix', path }
  const [, name = '', digits = ''] = HOST_AND_PORT.exec(text) ?? []
  const port = Number(digits)
  if (digits === '' || port > MAX_PORT) return undefined
  const host = name.startsWith('[') ? name.slice(1, -1) : name
  return { _tag: 'Tcp', host: host === '' ? ALL_ADDRESSES : host, port }
}

export const showEndpoint = (endpoint: Endpoint): string => {
  if (endpoint._tag === 'Unix') return `unix://${endpoint.path}`
  const { host, port } = endpoint
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

const EXPECTED = 'HOST:PORT as 127.0.0.1:4318, or :PORT for all addresses, without http://'

export const endpointText: Codec<string> = leaf({
  expected: EXPECTED,
  read: (node) => {
    const text = textOf(node)
    if (text === undefined) return undefined
    return parseEndpoint(text) !== undefined || text.startsWith('/') ? text : undefined
  },
})

export const transportName: Codec<Transport> = oneOf('tcp', 'tcp4', 'tcp6', 'unix')

type Transport = 'tcp' | 'tcp4' | 'tcp6' | 'unix'

// transformations

/** Joins the fields `endpoint` and `transport` of a server: a path is an address of the transport unix only. */
export const withEndpoint = <A extends EndpointFields, B>(
  codec: Codec<A>,
  fallback: Endpoint,
  make: (fields: A, endpoint: Endpoint) => B,
): Codec<B> =>
  mapWith(
    checked(codec, ({ endpoint, transport }, given) => {
      if (endpoint === undefined) return []
      const isPath = endpoint.startsWith('/')
      if (isPath === (transport === 'unix') || UNIX.test(endpoint)) return []
      const at = { place: given.place, path: `${given.path}::endpoint` }
      const expected = isPath
        ? 'transport: unix beside the path of a socket'
        : 'the path of a socket, because transport is unix'
      return [ConfigProblem.error(at, { _tag: 'BadValue', expected, found: `"${endpoint}"` })]
    }),
    (fields) => make(fields, addressOf(fields.endpoint) ?? fallback),
  )

export interface EndpointFields {
  readonly endpoint: string | undefined
  readonly transport: Transport | undefined
}

const addressOf = (text: string | undefined): Endpoint | undefined => {
  if (text === undefined) return undefined
  return text.startsWith('/') ? { _tag: 'Unix', path: text } : parseEndpoint(text)
}
