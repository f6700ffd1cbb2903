/** A small HTTP server for pages that a program asks for: health checks and metrics. GET and HEAD only. */
import * as NodeHttp from 'node:http'
import * as NodeHttps from 'node:https'
import * as E from '#fp-ts/Either'
import type { Endpoint, TlsConfig } from '../config/ReceiverConfig.ts'
import { bind } from '../receiver/access/bind.ts'
import * as TlsFiles from '../receiver/access/TlsFiles.ts'
import type { ListenError } from '../receiver/Listener.ts'

// model

export interface PageAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** By path. */
export type Pages = ReadonlyMap<string, () => PageAnswer | Promise<PageAnswer>>

export interface Site {
  readonly endpoint: Endpoint
  readonly tls?: TlsConfig | undefined
  readonly pages: Pages
}

export interface PageServer {
  readonly address: Endpoint
  /** Reads the files of other settings. The result puts them into use. The endpoint stays, and so does whether there is TLS. */
  readonly prepare: (site: Site) => Promise<E.Either<ListenError, () => void>>
  readonly close: () => Promise<void>
}

/** A client of such a page has nothing to send. */
const REQUEST_TIMEOUT_MILLIS = 10_000

const MAX_CONNECTIONS = 256

// running

export const serve = async (
  { endpoint, tls, pages: first }: Site,
  onCertificates: (error: ListenError | undefined) => void = () => undefined,
): Promise<E.Either<ListenError, PageServer>> => {
  const secure = tls === undefined ? E.right(undefined) : await TlsFiles.load(tls)
  if (E.isLeft(secure)) return secure
  const options = {
    requestTimeout: REQUEST_TIMEOUT_MILLIS,
    headersTimeout: REQUEST_TIMEOUT_MILLIS,
    connectionsCheckingInterval: 1_000,
  }
  const server =
    secure.right === undefined
      ? NodeHttp.createServer(options)
      : NodeHttps.createServer({ ...options, ...secure.right })
  let pages = first
  server.maxConnections = MAX_CONNECTIONS
  server.on('request', (request, response) => void answer(pages, request, response))
  const address = await bind(server, endpoint)
  if (E.isLeft(address)) return address
  const certificates =
    tls === undefined || !('setSecureContext' in server)
      ? undefined
      : TlsFiles.watch(tls, server, onCertificates)
  return E.right({
    address: address.right,
    prepare: TlsFiles.preparing(certificates, (next) => {
      pages = next.pages
    }),
    close: () =>
      new Promise<void>((resolve) => {
        certificates?.stop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

const answer = async (
  pages: Pages,
  request: NodeHttp.IncomingMessage,
  response: NodeHttp.ServerResponse,
): Promise<void> => {
  const { method, url = '/' } = request
  request.resume()
  const made = await answerTo(pages, method, url.replace(/[?#].*$/s, ''))
  response.writeHead(made.status, {
    'content-type': made.contentType,
    'content-length': Buffer.byteLength(made.body),
    ...(made.status === 405 ? { allow: 'GET, HEAD' } : {}),
  })
  response.end(method === 'HEAD' ? undefined : made.body)
}

const answerTo = async (
  pages: Pages,
  method: string | undefined,
  path: string,
): Promise<PageAnswer> => {
  const page = pages.get(path)
  if (page === undefined) return plain(404, `not found; there is ${[...pages.keys()].join(', ')}\n`)
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'only GET and HEAD\n')
  try {
    return await page()
  } catch {
    return plain(500, 'the page could not be made\n')
  }
}

const plain = (status: number, body: string): PageAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
})
