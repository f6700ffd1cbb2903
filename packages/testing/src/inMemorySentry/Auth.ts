/**
 * Authentication. A request has exactly one form of it: a header, a query, or the DSN in the header of the
 * envelope alone. Source: `relay-server/src/extractors/request_meta.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import type { Refusal } from './Verdict.ts'

// model

export interface Auth {
  readonly publicKey: string
}

export type Headers = ReadonlyMap<string, string>

// constructors

/** Headers by their names in lower case. */
export const headersOf = (headers: Readonly<Record<string, string>>): Headers =>
  new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

// decoding

/** From the headers and the query; `undefined` where neither has a key: then the envelope must name it. */
export const read = (
  headers: Headers,
  query: URLSearchParams,
): E.Either<Refusal, Auth | undefined> => {
  const found = [
    sentryHeader(headers.get('x-sentry-auth')),
    sentryHeader(headers.get('authorization')),
    basicHeader(headers.get('authorization')),
    [...query.keys()].some((key) => key.startsWith('sentry_')) ? query : undefined,
  ].filter((form) => form !== undefined)
  const [form] = found
  if (form === undefined) return E.right(undefined)
  if (found.length > 1) return E.left('auth-twice')
  const publicKey = form.get('sentry_key')
  if (publicKey === null || publicKey === '') return E.left('auth-bad')
  const version = form.get('sentry_version')
  if (version !== null && !(/^\d+$/.test(version) && Number(version) <= NEWEST_VERSION)) {
    return E.left('version')
  }
  return checked(publicKey)
}

/** From the DSN in the header of an envelope, with the project that it names. */
export const ofDsn = (dsn: unknown): E.Either<Refusal, Auth & { readonly projectId: string }> => {
  const parts = typeof dsn === 'string' ? /^https?:\/\/(\w+)(?::\w*)?@.+\/(\w+)$/.exec(dsn) : null
  const [, publicKey, projectId] = parts ?? []
  if (publicKey === undefined || projectId === undefined) return E.left('envelope-header')
  const auth = checked(publicKey)
  return E.isLeft(auth) ? auth : E.right({ ...auth.right, projectId })
}

const checked = (publicKey: string): E.Either<Refusal, Auth> =>
  publicKey.length === KEY_CHARACTERS ? E.right({ publicKey }) : E.left('key-shape')

const KEY_CHARACTERS = 32

const NEWEST_VERSION = 8

/** The fields of `Sentry key=value, ...`; `undefined` for a header of another scheme. */
const sentryHeader = (value: string | undefined): URLSearchParams | undefined => {
  if (value === undefined || !/^sentry /i.test(value)) return undefined
  return new URLSearchParams(
    value
      .slice('sentry '.length)
      .split(',')
      .map((pair): [string, string] => {
        const [key = '', ...rest] = pair.trim().split('=')
        return [key, rest.join('=')]
      }),
  )
}

const basicHeader = (value: string | undefined): URLSearchParams | undefined => {
  if (value === undefined || !/^basic /i.test(value)) return undefined
  const [key = ''] = atob(value.slice('basic '.length)).split(':')
  return new URLSearchParams({ sentry_key: key })
}
