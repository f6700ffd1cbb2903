/**
 * An organization of Sentry on 127.0.0.1: the API that knows its projects, and the endpoints that take their envelopes. For tests of
 * programs that look projects up, such as the gateway.
 *
 * @example
 * ```ts
 * import { organizationServer } from '@sentry-exporter/testing/organizationServer'
 *
 * const server = await organizationServer({ projects: ['shop', 'billing'] })
 * const answer = await fetch(`${server.url}/api/0/projects/acme/shop/keys/`, {
 *   headers: { authorization: `Bearer ${server.token}` },
 * })
 * console.log(answer.status, server.requests.length, server.envelopes.length) // 200 1 0
 * await server.close()
 * ```
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as E from '#fp-ts/Either'
import * as FakeOrganization from '../inMemorySentry/FakeOrganization.ts'
import { decompressors } from './decompressors.ts'

// model

export type { ApiRequest, ApiResponse, FakeProject } from '../inMemorySentry/FakeOrganization.ts'

export interface OrganizationServerOptions
  extends Partial<Omit<FakeOrganization.FakeOrganizationOptions, 'origin'>> {
  /** Answers a call of the API in its own way. `silence`: it never answers; `undefined`: it answers as Sentry does. */
  readonly intercept?: (
    request: FakeOrganization.ApiRequest,
  ) => FakeOrganization.ApiResponse | 'silence' | undefined
}

/** An envelope that a project accepted. */
export interface ArrivedEnvelope {
  /** The slug of its project. */
  readonly project: string
  readonly envelope: Envelope.Envelope
}

export interface OrganizationServer
  extends Pick<FakeOrganization.FakeOrganization, 'projects' | 'removeProject' | 'rotateKey'> {
  /** For the option `url`. */
  readonly url: string
  readonly orgSlug: string
  readonly token: string
  /** The calls of the API so far: `GET /api/0/organizations/acme/projects/`. */
  readonly requests: ReadonlyArray<string>
  readonly envelopes: ReadonlyArray<ArrivedEnvelope>
  /** The number of envelopes that were refused, because of their key or their project. */
  readonly refused: () => number
  /** Ends all connections. */
  readonly close: () => Promise<void>
}

const MAX_BYTES = 20 * 1024 * 1024

// running

/** By default the organization `acme` with the team `backend`, without projects. */
export const organizationServer = async ({
  intercept = () => undefined,
  ...given
}: OrganizationServerOptions = {}): Promise<OrganizationServer> => {
  let port = 0
  const origin = (): string => `http://127.0.0.1:${port}`
  const options: FakeOrganization.FakeOrganizationOptions = {
    orgSlug: 'acme',
    token: 'sntrys_0123456789abcdef',
    projects: [],
    teams: ['backend'],
    pageSize: 100,
    ...given,
    origin,
  }
  const organization = FakeOrganization.make(options)
  const requests: Array<string> = []
  const envelopes: Array<ArrivedEnvelope> = []
  let refused = 0
  const answer = (request: FakeOrganization.ApiRequest, response: ServerResponse): void => {
    requests.push(`${request.method} ${request.path}${request.cursor ? ` ${request.cursor}` : ''}`)
    const answered = intercept(request) ?? organization.answer(request)
    if (answered === 'silence') return
    response.writeHead(answered.status, { 'content-type': 'application/json', ...answered.headers })
    response.end(answered.body)
  }
  const take = (id: string, request: IncomingMessage, body: Buffer): number => {
    const [, key = ''] = /sentry_key=(\w+)/.exec(String(request.headers['x-sentry-auth'])) ?? []
    const project = organization.projectFor(id, key)
    const envelope = envelopeIn(request, body)
    if (project === undefined || envelope === undefined) {
      refused++
      return project === undefined ? 403 : 400
    }
    envelopes.push({ project: project.slug, envelope })
    return 200
  }
  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    const { pathname, searchParams } = new URL(request.url ?? '/', origin())
    const [, id] = /^\/api\/(\d+)\/envelope\/$/.exec(pathname) ?? []
    if (id !== undefined && id !== '0') {
      const status = take(id, request, body)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(status === 200 ? '{}' : REFUSED)
      return
    }
    const one = {
      method: request.method ?? '',
      path: pathname,
      cursor: searchParams.get('cursor') ?? undefined,
      authorization: request.headers.authorization,
      body: body.toString('utf8'),
    }
    answer(one, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with one.
  port = (server.address() as AddressInfo).port
  return {
    url: origin(),
    orgSlug: options.orgSlug,
    token: options.token,
    projects: organization.projects,
    rotateKey: organization.rotateKey,
    removeProject: organization.removeProject,
    requests,
    envelopes,
    refused: () => refused,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const REFUSED = '{"detail":"event submission rejected with_reason: ProjectId"}'

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const envelopeIn = (request: IncomingMessage, body: Buffer): Envelope.Envelope | undefined => {
  const decompress = decompressors.get(request.headers['content-encoding'] ?? '')
  const bytes = decompress === undefined ? E.right(body) : decompress(body, MAX_BYTES)
  const envelope = E.isRight(bytes) ? Envelope.decode(bytes.right) : undefined
  return envelope !== undefined && E.isRight(envelope) ? envelope.right : undefined
}
