/**
 * The calls of Sentry's API that find and create projects: requests as data, and what their answers mean. Answers are checked like
 * any foreign input. No value contains the token but the request.
 *
 * Sources: docs.sentry.io/api (`projects`, `teams`, `pagination`, `ratelimits`); `exporter/sentryexporter/sentry_client.go` of
 * open-telemetry/opentelemetry-collector-contrib; `src/sentry/core/endpoints/team_projects.py` of getsentry/sentry.
 */
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import * as RetryAfter from '@sentry-exporter/envelope/RetryAfter'
import { ProjectSlug } from '@sentry-exporter/exporter'
import type { ExchangeAnswer, ExchangeRequest } from '@sentry-exporter/transport'
import * as TransportError from '@sentry-exporter/transport/TransportError'
import * as E from '#fp-ts/Either'
import * as G from '#io-ts/Guard'
import type { Organization } from '../config/component/organization.ts'
import { nextCursor } from './nextCursor.ts'

// model

export type ApiCall =
  | { readonly _tag: 'ListProjects'; readonly cursor: string | undefined }
  | { readonly _tag: 'ListTeams' }
  | { readonly _tag: 'ListKeys'; readonly slug: string; readonly cursor: string | undefined }
  | {
      readonly _tag: 'CreateProject'
      readonly slug: string
      readonly name: string
      readonly team: string
    }

export type ApiAnswer =
  | {
      readonly _tag: 'Projects'
      readonly projects: ReadonlyArray<ListedProject>
      readonly next: string | undefined
    }
  | { readonly _tag: 'Teams'; readonly teams: ReadonlyArray<string> }
  /** The DSNs of the active keys. */
  | {
      readonly _tag: 'Keys'
      readonly dsns: ReadonlyArray<Dsn.Dsn>
      readonly next: string | undefined
    }
  | { readonly _tag: 'Created'; readonly slug: string }
  | { readonly _tag: 'NotFound' }
  /** A project with this slug exists. */
  | { readonly _tag: 'Conflict' }
  /** A later call would be refused too. */
  | { readonly _tag: 'Refused'; readonly reason: string }
  | { readonly _tag: 'Limited'; readonly millis: number }
  /** No answer, or none that can be used. */
  | { readonly _tag: 'Failed'; readonly reason: string }

interface ListedProject {
  readonly slug: string
  /** The slug of its first team. */
  readonly team: string | undefined
}

// constructors

export const requestOf = (
  { url, orgSlug, authToken }: Pick<Organization, 'url' | 'orgSlug' | 'authToken'>,
  client: string,
): ((call: ApiCall) => ExchangeRequest) => {
  const base = `${url.replace(/\/+$/, '')}/api/0`
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${authToken.reveal()}`,
    'user-agent': client,
  }
  const get = (path: string, cursor?: string): ExchangeRequest => ({
    method: 'GET',
    url: `${base}${path}${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
    headers,
  })
  const organization = encodeURIComponent(orgSlug)
  return (call) => {
    switch (call._tag) {
      case 'ListProjects':
        return get(`/organizations/${organization}/projects/`, call.cursor)
      case 'ListTeams':
        return get(`/organizations/${organization}/teams/`)
      case 'ListKeys':
        return get(`/projects/${organization}/${encodeURIComponent(call.slug)}/keys/`, call.cursor)
      case 'CreateProject':
        return {
          method: 'POST',
          url: `${base}/teams/${organization}/${encodeURIComponent(call.team)}/projects/`,
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ name: call.name, slug: call.slug, platform: 'other' }),
        }
    }
  }
}

// decoding

/** Of a rate limit that names no time. */
const DEFAULT_LIMIT_MILLIS = 60_000

const TOO_MANY_REQUESTS = 429

/** The server has not processed the request, or may answer in another way later. */
const isTemporary = (status: number): boolean => status === 408 || status === 425 || status >= 500

export const answerOf = (
  call: ApiCall,
  answered: E.Either<TransportError.TransportError, ExchangeAnswer>,
  nowMillis: number,
): ApiAnswer => {
  if (E.isLeft(answered)) return failed(TransportError.show(answered.left))
  const { status, header } = answered.right
  if (status === 200 || status === 201) return contentOf(call, answered.right)
  if (status === TOO_MANY_REQUESTS) return { _tag: 'Limited', millis: limitOf(header, nowMillis) }
  if (status === 404) return { _tag: 'NotFound' }
  if (status === 409) return { _tag: 'Conflict' }
  if (status === 401) return failed('status 401: check auth_token')
  if (isTemporary(status)) return failed(`status ${status}`)
  return { _tag: 'Refused', reason: `status ${status}${STATUS_HINTS.get(status) ?? ''}` }
}

const STATUS_HINTS: ReadonlyMap<number, string> = new Map([
  [301, ': the project was renamed'],
  [302, ': the project was renamed'],
  [
    403,
    ': check the scopes of auth_token (project:read; to create projects project:write, team:read)',
  ],
])

const failed = (reason: string): ApiAnswer => ({ _tag: 'Failed', reason })

/** `Retry-After`, or `X-Sentry-Rate-Limit-Reset`: a time in seconds since 1970. */
const limitOf = (header: ExchangeAnswer['header'], nowMillis: number): number => {
  const retryAfter = header('retry-after')
  const parsed = retryAfter === undefined ? undefined : RetryAfter.parse(retryAfter, nowMillis)
  if (parsed !== undefined) return parsed
  const reset = Number(header('x-sentry-rate-limit-reset') ?? Number.NaN) * 1_000 - nowMillis
  return Number.isNaN(reset)
    ? DEFAULT_LIMIT_MILLIS
    : Math.min(Math.max(reset, 0), RetryAfter.MAX_MILLIS)
}

const contentOf = (call: ApiCall, { text, header }: ExchangeAnswer): ApiAnswer => {
  if (text === undefined) return failed('an answer that is too large')
  const json = E.tryCatch(
    (): unknown => JSON.parse(text),
    () => undefined,
  )
  if (E.isLeft(json)) return failed('an answer that is not JSON')
  const content = json.right
  if (call._tag === 'CreateProject') {
    return { _tag: 'Created', slug: created.is(content) ? content.slug : call.slug }
  }
  if (!G.UnknownArray.is(content)) return failed('an answer that is not a list')
  const next = nextCursor(header('link'))
  switch (call._tag) {
    case 'ListProjects':
      return { _tag: 'Projects', projects: content.flatMap(projectIn), next }
    case 'ListTeams':
      return { _tag: 'Teams', teams: content.flatMap(teamIn) }
    case 'ListKeys':
      return { _tag: 'Keys', dsns: content.flatMap(dsnIn), next }
  }
}

const slug: G.Guard<unknown, string> = {
  is: (value): value is string => G.string.is(value) && ProjectSlug.is(value),
}

const named: G.Guard<unknown, { slug: string }> = G.struct({ slug: G.string })

const created = G.struct({ slug })

const key = G.struct({ isActive: G.literal(true), dsn: G.struct({ public: G.string }) })

const projectIn = (value: unknown): ReadonlyArray<ListedProject> => {
  if (!G.UnknownRecord.is(value) || !slug.is(value['slug'])) return []
  const { teams, team } = value
  const all = [...(G.UnknownArray.is(teams) ? teams : []), team]
  return [{ slug: value['slug'], team: all.flatMap(teamIn)[0] }]
}

const teamIn = (value: unknown): ReadonlyArray<string> =>
  named.is(value) && value.slug !== '' ? [value.slug] : []

const dsnIn = (value: unknown): ReadonlyArray<Dsn.Dsn> => {
  const dsn = key.is(value) ? Dsn.parse(value.dsn.public) : undefined
  return dsn !== undefined && E.isRight(dsn) ? [dsn.right] : []
}
