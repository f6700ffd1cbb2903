/** A gateway on 127.0.0.1 whose configuration and files are values that a test changes. */
import * as recordingHttp from '@sentry-exporter/testing/recordingHttp'
import { systemClock } from '@sentry-exporter/transport/Clock'
import type * as Http from '@sentry-exporter/transport/Http'
import type { NodeHttpOptions } from '@sentry-exporter/transport-node/nodeHttp'
import * as E from '#fp-ts/Either'
import * as ConfigProblem from '../../src/config/ConfigProblem.ts'
import * as GatewayConfig from '../../src/config/GatewayConfig.ts'
import * as Gateway from '../../src/Gateway.ts'

// model

export interface ReloadedGateway {
  readonly gateway: Gateway.Gateway
  /** The text of `gateway.yaml`, and the files that it names. */
  readonly files: Map<string, string>
  /** Reloads after the given files were changed. */
  readonly reload: (changed?: Readonly<Record<string, string>>) => Promise<Gateway.ReloadResult>
  readonly lines: ReadonlyArray<string>
  readonly requests: recordingHttp.RecordingHttp['requests']
  /** Those of the connections to Sentry that were made. */
  readonly made: ReadonlyArray<NodeHttpOptions>
  readonly closed: () => number
  readonly port: (what: string) => number
  readonly metrics: () => Promise<string>
}

export const LOCAL = "endpoint: '127.0.0.1:0'"

export const METRICS =
  'metrics: { readers: [{ pull: { exporter: { prometheus: { host: 127.0.0.1, port: 0 } } } }] }'

// running

export const start = async (
  yaml: string,
  others: Readonly<Record<string, string>> = {},
  answer: Parameters<typeof recordingHttp.make>[0] = () => recordingHttp.answering(200),
): Promise<ReloadedGateway> => {
  const files = new Map([...Object.entries(others), ['gateway.yaml', yaml]])
  const load: Gateway.ReloadSource = async () => {
    const loaded = await GatewayConfig.load(
      { configs: ['gateway.yaml'], sets: [], dsn: undefined },
      {
        env: () => undefined,
        readFile: async (path) => {
          const text = files.get(path)
          return text === undefined ? E.left('there is no such file') : E.right(text)
        },
      },
    )
    if (E.isLeft(loaded)) return E.left(loaded.left.map(ConfigProblem.show))
    const { config, notes } = loaded.right
    return E.right({ config, notes: notes.map(ConfigProblem.show) })
  }
  const first = await load()
  if (E.isLeft(first)) throw new Error(first.left.join('\n'))
  const recording = recordingHttp.make(answer)
  const lines: Array<string> = []
  const made: Array<NodeHttpOptions> = []
  let closed = 0
  const makeHttp = (options: NodeHttpOptions): Http.Http => {
    made.push(options)
    const close = async (): Promise<void> => {
      closed++
    }
    const http: Http.Http = (request) => recording.http(request)
    return Object.assign(http, { close, skipsVerify: options.insecureSkipVerify === true })
  }
  const started = await Gateway.start(first.right.config, {
    clock: systemClock,
    random: () => 0,
    makeHttp,
    writeLog: (line) => lines.push(line),
  })
  if (E.isLeft(started)) throw new Error(started.left.map(Gateway.showStartError).join())
  const gateway = started.right
  const port = (what: string): number => {
    const address = gateway.listening.find((one) => one.what === what)?.address
    if (address?._tag !== 'Tcp') throw new Error(`${what} does not listen`)
    return address.port
  }
  return {
    gateway,
    files,
    reload: (changed = {}) => {
      for (const [path, text] of Object.entries(changed)) files.set(path, text)
      return gateway.reload(load)
    },
    lines,
    requests: recording.requests,
    made,
    closed: () => closed,
    port,
    metrics: async () => (await fetch(`http://127.0.0.1:${port('metrics')}/metrics`)).text(),
  }
}

/** A request of one span; with a parent it is no entry. */
export const spanText = (trace: number, id: number, parent?: number): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: trace.toString(16).padStart(32, '0'),
                spanId: id.toString(16).padStart(16, '0'),
                ...(parent === undefined
                  ? {}
                  : { parentSpanId: parent.toString(16).padStart(16, '0') }),
                name: 'work',
                kind: parent === undefined ? 2 : 1,
                flags: 0x101,
              },
            ],
          },
        ],
      },
    ],
  })
