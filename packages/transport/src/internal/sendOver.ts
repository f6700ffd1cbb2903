/**
 * Calls an `Http` that may break its contract: one that throws, rejects, or answers anything is an `Http` that gave no response.
 */
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import * as E from '#fp-ts/Either'
import type { Http, HttpRequest, HttpResponse } from '../Http.ts'
import * as TransportError from '../TransportError.ts'

// model

type Result = E.Either<TransportError.TransportError, HttpResponse>

// running

/** Never rejects. No reason of an error contains credentials. */
export const sendOver = async (http: Http, request: HttpRequest): Promise<Result> => {
  try {
    const task: unknown = http(request)
    if (typeof task !== 'function') return broken(`returned ${kindOf(task)} in place of a task`)
    return resultOf(await task())
  } catch (cause) {
    return broken(`failed: ${messageOf(cause)}`)
  }
}

const broken = (what: string): Result =>
  E.left(TransportError.unreachable(`the given Http ${withoutCredentials(what)}`))

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message.slice(0, MAX_MESSAGE_CHARACTERS) : 'it threw no error'

const MAX_MESSAGE_CHARACTERS = 200

const kindOf = (value: unknown): string => (value === null ? 'null' : typeof value)

// decoding

const resultOf = (sent: unknown): Result => {
  if (typeof sent === 'function') {
    return broken(
      'returned a function in place of a response; call what makes it, as in nodeHttp()',
    )
  }
  if (isTagged(sent, 'Right') && 'right' in sent) return responseOf(sent.right)
  if (isTagged(sent, 'Left') && 'left' in sent && TransportError.is(sent.left)) {
    return E.left(withSafeReason(sent.left))
  }
  return broken(`returned ${kindOf(sent)} in place of an Either`)
}

const isTagged = (value: unknown, tag: string): value is { readonly _tag: string } =>
  isObject(value) && '_tag' in value && value._tag === tag

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const responseOf = (response: unknown): Result => {
  const isResponse =
    isObject(response) &&
    'status' in response &&
    Number.isInteger(response.status) &&
    'header' in response &&
    typeof response.header === 'function'
  if (!isResponse) return broken('returned a response without a status or without headers')
  // The fields that are used were checked.
  const { status, header, text } = response as HttpResponse
  return E.right({
    status,
    header: (name) => {
      const value: unknown = header(name)
      return typeof value === 'string' ? value : undefined
    },
    text: typeof text === 'string' ? text : undefined,
  })
}

const withSafeReason = (error: TransportError.TransportError): TransportError.TransportError => {
  switch (error._tag) {
    case 'Unreachable':
      return TransportError.unreachable(withoutCredentials(error.reason))
    case 'Untrusted':
      return TransportError.untrusted(withoutCredentials(error.reason))
    default:
      return error
  }
}
