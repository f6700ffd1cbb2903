/** A gateway in front of an organization on 127.0.0.1. */
import {
  type OrganizationServer,
  type OrganizationServerOptions,
  organizationServer,
} from '@sentry-exporter/testing/organizationServer'
import { systemClock } from '@sentry-exporter/transport/Clock'
import * as E from '#fp-ts/Either'
import * as Gateway from '../../src/Gateway.ts'
import { valid } from '../config/loading.ts'

// model

export interface RunningGateway {
  readonly server: OrganizationServer
  readonly gateway: Gateway.Gateway
  readonly lines: ReadonlyArray<string>
  /** Sends one root span of a service. Resolves to the status of the answer. */
  readonly send: (service: string | undefined, traceId?: string) => Promise<number>
  readonly sendBody: (body: string) => Promise<number>
  /** Reloads with other fields of the exporter. */
  readonly reloadWith: (exporter: string) => ReturnType<Gateway.Gateway['reload']>
  readonly metrics: () => Promise<string>
  /** The projects of the envelopes that arrived, in their order. */
  readonly arrived: () => ReadonlyArray<string>
}

export interface RunOptions {
  readonly server?: OrganizationServerOptions | undefined
  /** The fields of the exporter; `URL` and `TOKEN` are those of the server, `DSN` and `LAST` those of projects. */
  readonly exporter?: string | undefined
  /** The whole configuration. */
  readonly yaml?: string | undefined
}

// constructors

const FAST = ['settle_millis=0', 'late_settle_millis=0']

const yamlWith = (exporter: string): string => `
receivers: {otlp: {protocols: {http: {endpoint: '127.0.0.1:0'}}}}
exporters: {sentry: {${exporter}}}
service:
  telemetry: {metrics: {readers: [{pull: {exporter: {prometheus: {host: 127.0.0.1, port: 0}}}}]}}
  pipelines:
    traces: {receivers: [otlp], exporters: [sentry]}
    logs: {receivers: [otlp], exporters: [sentry]}`

let spans = 0

export const bodyOf = (
  services: ReadonlyArray<string | undefined>,
  traceId = (++spans).toString(16).padStart(32, 'a'),
): string =>
  JSON.stringify({
    resourceSpans: services.map((service) => ({
      resource: {
        attributes:
          service === undefined ? [] : [{ key: 'service.name', value: { stringValue: service } }],
      },
      scopeSpans: [
        {
          spans: [
            {
              traceId,
              spanId: (++spans).toString(16).padStart(16, 'b'),
              name: `GET /${service}`,
              kind: 2,
              startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
              endTimeUnixNano: String(BigInt(Date.now() + 1) * 1_000_000n),
            },
          ],
        },
      ],
    })),
  })

const dsnOf = ({ projects, url }: OrganizationServer, index: number): string => {
  const project = projects().at(index)
  return `${url.replace('://', `://${project?.keys[0]?.publicKey}@`)}/${project?.id}`
}

const ORGANIZATION = 'url: URL, org_slug: acme, auth_token: TOKEN'

const filled = (text: string, server: OrganizationServer): string =>
  text
    .replaceAll('DSN', dsnOf(server, 0))
    .replaceAll('LAST', dsnOf(server, -1))
    .replaceAll('URL', server.url)
    .replaceAll('TOKEN', server.token)

// running

export const withGateway = async (
  { server: serverOptions, exporter, yaml }: RunOptions,
  run: (running: RunningGateway) => Promise<void>,
): Promise<void> => {
  const server = await organizationServer(serverOptions)
  const configOf = async (text: string) => {
    const { config } = await valid([`yaml:${filled(text, server)}`], {
      sets: [
        ...FAST.map((set) => `exporters.sentry.${set}`),
        'receivers.otlp.protocols.http.endpoint=127.0.0.1:0',
      ],
    })
    return config
  }
  const config = await configOf(yaml ?? yamlWith(exporter ?? ORGANIZATION))
  const lines: Array<string> = []
  const started = await Gateway.start(config, {
    ...Gateway.liveCapabilities,
    clock: systemClock,
    writeLog: (line) => lines.push(line),
  })
  if (E.isLeft(started)) throw new Error(started.left.map(Gateway.showStartError).join())
  const gateway = started.right
  const portOf = (what: string): number => {
    const found = gateway.listening.find((one) => one.what === what)?.address
    if (found?._tag !== 'Tcp') throw new Error(what)
    return found.port
  }
  const sendBody = async (body: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${portOf('otlp http')}/v1/traces`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    await answer.text()
    return answer.status
  }
  try {
    await run({
      server,
      gateway,
      lines,
      sendBody,
      reloadWith: (next) =>
        gateway.reload(async () => E.right({ config: await configOf(yamlWith(next)), notes: [] })),
      send: (service, traceId) => sendBody(bodyOf([service], traceId)),
      metrics: async () => (await fetch(`http://127.0.0.1:${portOf('metrics')}/metrics`)).text(),
      arrived: () => server.envelopes.map(({ project }) => project),
    })
  } finally {
    await server.close()
    await gateway.stop()
  }
}

const DEADLINE_MILLIS = 10_000

export const until = async (holds: () => boolean): Promise<void> => {
  const endMillis = Date.now() + DEADLINE_MILLIS
  while (!holds()) {
    if (Date.now() > endMillis) throw new Error(`not within ${DEADLINE_MILLIS} ms: ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
