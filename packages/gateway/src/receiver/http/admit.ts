/** Decides from the head of a request whether its body is read: path, method, credentials, encodings, stated length. Pure. */
import { type Encoding, encodingOf } from '@sentry-exporter/otlp/OtlpBytes'
import type { HttpReceiverConfig } from '../../config/ReceiverConfig.ts'
import type { OtlpSignal } from '../Accept.ts'
import type { RequestAuthenticator } from '../access/authenticate.ts'
import { decompressors, encodingName } from '../compression/decompressors.ts'
import * as Outcome from '../Outcome.ts'
import type { HeaderList } from './Cors.ts'

// model

interface RequestHead {
  /** `1.1` or `1.0`. */
  readonly version: string
  readonly method: string
  /** As in the first line of the request. */
  readonly target: string
  readonly header: (name: string) => string | undefined
}

export type Admission =
  | {
      readonly _tag: 'Admitted'
      readonly signal: OtlpSignal
      readonly encoding: Encoding
      readonly compression: string
    }
  | {
      readonly _tag: 'NotAdmitted'
      readonly signal: OtlpSignal | undefined
      readonly refused: Outcome.Refused
      readonly headers: HeaderList
    }

export interface AdmissionRules {
  readonly admit: (head: RequestHead) => Admission
}

// constructors

export const make = (
  config: HttpReceiverConfig,
  authenticator: RequestAuthenticator | undefined,
): AdmissionRules => {
  const encodings = acceptedEncodings(config.compressionAlgorithms)
  const allow = config.cors === undefined ? 'POST' : 'POST, OPTIONS'
  const admit = (head: RequestHead): Admission => {
    const signal = signalOf(config, pathOf(head.target))
    const not = (refused: Outcome.Refused, headers: HeaderList = []): Admission => ({
      _tag: 'NotAdmitted',
      signal,
      refused,
      headers,
    })
    if (head.version === '1.1' && head.header('host') === undefined) {
      return not(Outcome.refused('malformed', messages.host))
    }
    const problem = authenticator?.check(head.header(authenticator.header))
    if (authenticator !== undefined && problem !== undefined) {
      const refused = Outcome.refused('unauthenticated', messages[problem])
      return not(refused, [['WWW-Authenticate', authenticator.challenge]])
    }
    if (signal === undefined) return not(Outcome.refused('path', pathMessage(config)))
    if (head.method !== 'POST') {
      return not(Outcome.refused('method', 'OTLP is sent with POST'), [['Allow', allow]])
    }
    const encoding = encodingOf(head.header('content-type'))
    if (encoding === undefined) return not(Outcome.refused('content_type', messages.contentType))
    const compression = encodingName(head.header('content-encoding'))
    if (!encodings.has(compression)) {
      return not(Outcome.refused('encoding', encodingMessage(encodings)), [
        ['Accept-Encoding', [...encodings].map((name) => name || 'identity').join(', ')],
      ])
    }
    if (Number(head.header('content-length') ?? 0) > config.maxRequestBodyBytes) {
      return not(Outcome.tooLarge(config.maxRequestBodyBytes, 'sent'))
    }
    return { _tag: 'Admitted', signal, encoding, compression }
  }
  return { admit }
}

/** Those of the configuration that are known; all of them if it names none. As in the Collector, a list without `''` excludes bodies without compression. */
const acceptedEncodings = (configured: ReadonlyArray<string>): ReadonlySet<string> => {
  const known = ['', ...decompressors.keys()]
  const names = configured.map(encodingName).filter((name) => known.includes(name))
  return new Set(configured.length === 0 ? known : names)
}

/** Without the query, and without the origin that requests through a proxy have. */
const pathOf = (target: string): string => {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/)[0]
  return path === undefined || path === '' ? '/' : path
}

const signalOf = (
  { tracesPath, logsPath, metricsPath }: HttpReceiverConfig,
  path: string,
): OtlpSignal | undefined => {
  if (path === tracesPath) return 'traces'
  if (path === logsPath) return 'logs'
  return path === metricsPath ? 'metrics' : undefined
}

// messages

const messages = {
  missing: 'the request has no credentials',
  wrong: 'the credentials of the request are wrong',
  host: 'the request has no header Host',
  contentType: 'expected the content type application/json or application/x-protobuf',
} as const

const pathMessage = ({ tracesPath, logsPath, metricsPath }: HttpReceiverConfig): string =>
  `nothing is received at this path; traces are received at ${tracesPath}, logs at ${logsPath}, metrics at ${metricsPath}`

const encodingMessage = (encodings: ReadonlySet<string>): string =>
  `expected one of these encodings of content: ${[...encodings].map((name) => name || 'identity').join(', ')}`
