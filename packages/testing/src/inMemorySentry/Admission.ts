/**
 * The part of Sentry that answers at once: authentication, content type and sizes. A request that passes it is answered
 * with 200, even if all its items are dropped later. Source: `relay-server/src/endpoints/common.rs`, `relay-server/src/utils/sizes.rs` of getsentry/relay.
 */
import * as E from '#fp-ts/Either'
import * as Auth from './Auth.ts'
import * as Body from './Body.ts'
import * as Frame from './Frame.ts'
import type { Sizes } from './Sizes.ts'
import type { Refusal } from './Verdict.ts'

// model

export interface SentryRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** The one project of the server. */
export interface Project {
  readonly publicKey: string
  readonly projectId: string
}

export interface AdmissionSettings {
  readonly project: Project
  readonly sizes: Sizes
  readonly decompressors: Body.Decompressors
}

const STATUSES: Readonly<Record<Refusal, number>> = {
  'auth-bad': 401,
  'auth-missing': 401,
  'auth-twice': 401,
  'body-encoding': 400,
  'content-type': 415,
  'dsn-mismatch': 400,
  'envelope-header': 400,
  'envelope-too-large': 413,
  'item-header': 400,
  'item-length': 400,
  'items-too-large': 413,
  'key-shape': 400,
  'key-unknown': 403,
  'not-found': 404,
  'project-shape': 400,
  'rate-limited': 429,
  version: 400,
}

// folds

/** The HTTP status of the answer to a refused request. */
export const statusOf = (refusal: Refusal): number => STATUSES[refusal]

/** The text of the answer. For an unknown key it is the same as for an unknown project. */
export const detailOf = (refusal: Refusal): string =>
  refusal === 'key-unknown' ? 'event submission rejected with_reason: ProjectId' : refusal

// decoding

/** The envelope of a request, or the first reason to refuse it. */
export const admit =
  ({ project, sizes, decompressors }: AdmissionSettings) =>
  (request: SentryRequest): E.Either<Refusal, Frame.Frame> => {
    const { pathname, searchParams } = new URL(request.url)
    const [, projectId] = /\/api\/([^/]*)\/envelope\/?$/.exec(pathname) ?? []
    if (projectId === undefined) return E.left('not-found')
    if (!/^\d+$/.test(projectId)) return E.left('project-shape')
    const headers = Auth.headersOf(request.headers)
    const auth = Auth.read(headers, searchParams)
    if (E.isLeft(auth)) return auth
    if (!Body.isContentType(headers.get('content-type'))) return E.left('content-type')
    const body = Body.decode(decompressors, sizes.envelopeBytes)(headers, request.body)
    if (E.isLeft(body)) return body
    const frame = Frame.read(body.right)
    if (E.isLeft(frame)) return frame
    const keyed = publicKeyOf(auth.right, frame.right.header['dsn'], projectId)
    if (E.isLeft(keyed)) return keyed
    if (keyed.right !== project.publicKey || projectId !== project.projectId) {
      return E.left('key-unknown')
    }
    return fits(frame.right, sizes) ? frame : E.left('items-too-large')
  }

/** The key of the request or of the DSN in the header of the envelope; where both are there, they must agree. */
const publicKeyOf = (
  auth: Auth.Auth | undefined,
  dsn: unknown,
  projectId: string,
): E.Either<Refusal, string> => {
  if (dsn === undefined || dsn === null) {
    return auth === undefined ? E.left('auth-missing') : E.right(auth.publicKey)
  }
  const named = Auth.ofDsn(dsn)
  if (E.isLeft(named)) return named
  const agrees =
    named.right.projectId === projectId &&
    (auth === undefined || auth.publicKey === named.right.publicKey)
  return agrees ? E.right(named.right.publicKey) : E.left('dsn-mismatch')
}

/** One item that does not fit refuses the whole envelope. */
const fits = ({ items }: Frame.Frame, sizes: Sizes): boolean => {
  const bytesOf = (...types: ReadonlyArray<string>): number =>
    items.reduce((sum, { type, payload }) => sum + (types.includes(type) ? payload.length : 0), 0)
  return (
    bytesOf('event', 'transaction') <= sizes.eventBytes &&
    bytesOf('client_report') <= sizes.clientReportBytes &&
    bytesOf('attachment') <= sizes.attachmentBytes &&
    items.filter(({ type }) => type === 'attachment').length <= sizes.attachments &&
    ['log', 'span', 'trace_metric'].every((type) => bytesOf(type) <= sizes.containerBytes)
  )
}
