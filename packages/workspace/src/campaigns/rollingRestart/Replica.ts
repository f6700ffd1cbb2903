/** One of several gateways behind a splitter, which can be ended and started again at its port. */
import { Gateway, GatewayConfig } from '@sentry-exporter/gateway'
import * as E from '#fp-ts/Either'
import { startServe } from '../../gateway/ServeProcess.ts'

// model

export interface Replica {
  readonly port: number
  /** Ends it as SIGTERM does. */
  readonly stop: () => Promise<ReplicaSummary>
}

/** The last outcome of a replica. */
export interface ReplicaSummary {
  readonly spansIn: number
  /** Spans that it could not send in time. */
  readonly lost: number
}

interface ReplicaOptions {
  /** 0 for any free one. */
  readonly port: number
  readonly sinkPort: number
  /** The project of its DSN. */
  readonly project: number
  readonly shutdownMillis: number
}

export type StartReplica = (options: ReplicaOptions) => Promise<Replica>

// running

const yaml = ({ port, sinkPort, project, shutdownMillis }: ReplicaOptions): string => `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:${port}' } } } }
exporters: { sentry: { dsn: 'http://key@127.0.0.1:${sinkPort}/${project}', settle_millis: 300 } }
service:
  telemetry: { logs: { encoding: json }, metrics: { level: none } }
  shutdown_timeout: ${shutdownMillis}ms
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`

/** A `serve` process. */
export const startProcess: StartReplica = async (options) => {
  const serve = await startServe(yaml(options), ['otlp http'])
  return {
    port: serve.ports.get('otlp http') ?? 0,
    stop: async () => {
      const { code, stdout } = await serve.end()
      if (code !== 0) throw new Error(`serve ended with ${code}: ${serve.log()}`)
      return summaryIn(stdout)
    },
  }
}

/** The outcome that a process prints at its end: `sentry: 312 spans in, ..., lost or repaired: shutdown 3`. */
export const summaryIn = (stdout: string): ReplicaSummary => {
  const [, spansIn] = /^sentry: (\d+) spans? in,/m.exec(stdout) ?? []
  if (spansIn === undefined) throw new Error(`no outcome: ${stdout}`)
  const [, losses = ''] = /lost or repaired: ([^\n]*)/.exec(stdout) ?? []
  const lost = [...losses.matchAll(/\b(?:shutdown|send_error|network_error) (\d+)/g)]
  return { spansIn: Number(spansIn), lost: lost.reduce((sum, [, count]) => sum + Number(count), 0) }
}

/** A gateway in this process. */
export const startInProcess: StartReplica = async (options) => {
  const sources = { configs: [`yaml:${yaml(options)}`], sets: [], dsn: undefined }
  const loaded = await GatewayConfig.load(sources, GatewayConfig.liveCapabilities)
  if (E.isLeft(loaded)) throw new Error('an invalid configuration')
  const started = await Gateway.start(loaded.right.config, {
    ...Gateway.liveCapabilities,
    writeLog: () => undefined,
  })
  if (E.isLeft(started)) throw new Error(started.left.map(Gateway.showStartError).join())
  const address = started.right.listening.find(({ what }) => what === 'otlp http')?.address
  return {
    port: address?._tag === 'Tcp' ? address.port : 0,
    stop: async () => {
      const { outcomes } = await started.right.stop()
      return outcomes.reduce(
        (sum, { outcome: { spansIn, dropped } }) => ({
          spansIn: sum.spansIn + spansIn,
          lost: sum.lost + Object.values(dropped).reduce((a, b) => a + b, 0),
        }),
        { spansIn: 0, lost: 0 },
      )
    },
  }
}
