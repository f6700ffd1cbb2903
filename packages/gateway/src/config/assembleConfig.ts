/** Joins decoded components by their references, and reads the files that they name. */
import { X509Certificate } from 'node:crypto'
import type { NodeHttpOptions } from '@sentry-exporter/transport-node/nodeHttp'
import * as E from '#fp-ts/Either'
import * as TH from '#fp-ts/These'
import type { Components } from './Components.ts'
import type { ConfigCapabilities } from './ConfigCapabilities.ts'
import * as ConfigProblem from './ConfigProblem.ts'
import { type Decoded, instance, type Located, succeed, withProblems } from './codec/Codec.ts'
import * as ComponentId from './component/ComponentId.ts'
import type { Guarded } from './component/Guarded.ts'
import type { HttpClientSettings } from './component/httpClient.ts'
import type { OtlpReceiverSettings } from './component/otlpReceiver.ts'
import type { SentryExporterSettings } from './component/sentryExporter.ts'
import type { ExporterEntry, GatewayConfig, PipelineConfig, ReceiverEntry } from './GatewayModel.ts'
import type { AuthConfig, OtlpReceiverConfig } from './ReceiverConfig.ts'
import * as Wiring from './wiring/Wiring.ts'

// model

interface Assembly {
  readonly components: Components
  readonly wiring: Wiring.Wiring
  readonly capabilities: ConfigCapabilities
}

// running

/** The references were checked. Problems are those of files. */
export const assemble = async (assembly: Assembly): Promise<Decoded<GatewayConfig>> => {
  const { components, wiring } = assembly
  const pipelines = wiring.pipelines.filter(Wiring.isOurs).map(pipelineOf(assembly))
  const receivers = await all(
    idsOf(pipelines.flatMap((pipeline) => pipeline.receivers)),
    async (id) => {
      const settings = components.receivers.get(id)
      return settings === undefined ? succeed([]) : receiverOf(assembly, id, settings)
    },
  )
  const exporters = await all(
    idsOf(pipelines.flatMap((pipeline) => pipeline.exporters)),
    async (id) => {
      const settings = components.exporters.get(id)
      return settings === undefined ? succeed([]) : exporterOf(assembly, id, settings)
    },
  )
  return instance.ap(
    instance.map(
      receivers,
      (receiverEntries) => (exporterEntries: ReadonlyArray<ExporterEntry>) => ({
        receivers: receiverEntries,
        pipelines,
        exporters: exporterEntries,
        healthChecks: wiring.extensions.flatMap(({ value }) => {
          const extension = components.extensions.get(value)
          return extension?._tag === 'HealthCheck' && !isIgnored(wiring, value)
            ? [extension.config]
            : []
        }),
        telemetry: components.service.telemetry,
        shutdownTimeoutMillis: components.service.shutdownTimeoutMillis,
      }),
    ),
    exporters,
  )
}

const idsOf = (ids: ReadonlyArray<string>): ReadonlyArray<string> => [...new Set(ids)]

const isIgnored = ({ ignored }: Wiring.Wiring, id: string): boolean =>
  ignored.some(({ value }) => value === id)

/** One after the other, so that problems have a stable order. */
const all = async <A>(
  ids: ReadonlyArray<string>,
  make: (id: string) => Promise<Decoded<ReadonlyArray<A>>>,
): Promise<Decoded<ReadonlyArray<A>>> => {
  let made: Decoded<ReadonlyArray<A>> = succeed([])
  for (const id of ids) {
    const one = await make(id)
    made = instance.ap(
      instance.map(made, (entries) => (more: ReadonlyArray<A>) => [...entries, ...more]),
      one,
    )
  }
  return made
}

const pipelineOf =
  ({ components, wiring }: Assembly) =>
  ({ id, receivers, processors, exporters }: Wiring.PipelineWiring): PipelineConfig => {
    const used = (references: Wiring.References, known: ReadonlyMap<string, unknown>) =>
      references
        .map(({ value }) => value)
        .filter((value) => known.has(value) && !isIgnored(wiring, value))
    return {
      id,
      signal: signalOf(id),
      receivers: used(receivers, components.receivers),
      processors: processors.flatMap(({ value }) => components.processors.get(value) ?? []),
      exporters: used(exporters, components.exporters),
    }
  }

/** The ids of pipelines were checked. */
const signalOf = (id: string): PipelineConfig['signal'] => {
  const type = ComponentId.typeOf(id)
  return type === 'logs' || type === 'metrics' ? type : 'traces'
}

const receiverOf = async (
  assembly: Assembly,
  id: string,
  { http, grpc }: OtlpReceiverSettings,
): Promise<Decoded<ReadonlyArray<ReceiverEntry>>> => {
  const guardedHttp = http === undefined ? succeed(undefined) : await guard(assembly, http)
  const guardedGrpc = grpc === undefined ? succeed(undefined) : await guard(assembly, grpc)
  return instance.ap(
    instance.map(guardedHttp, (httpConfig) => (grpcConfig: OtlpReceiverConfig['grpc']) => [
      { id, config: { http: httpConfig, grpc: grpcConfig } },
    ]),
    guardedGrpc,
  )
}

const guard = async <A extends { readonly auth: AuthConfig | undefined }>(
  { components, capabilities }: Assembly,
  { config, authenticator }: Guarded<A>,
): Promise<Decoded<A>> => {
  const extension =
    authenticator === undefined ? undefined : components.extensions.get(authenticator.value)
  if (extension?._tag !== 'Authenticator') return succeed(config)
  const { file, withFile, location } = extension.authenticator
  const text = file === undefined ? succeed('') : await readFile(capabilities, file)
  return instance.chain(text, (read) =>
    instance.map(withFile(read, file?.location ?? location), (auth) => ({ ...config, auth })),
  )
}

const readFile = async (
  capabilities: ConfigCapabilities,
  { value, location }: Located<string>,
): Promise<Decoded<string>> => {
  const text = await capabilities.readFile(value)
  return E.isRight(text)
    ? succeed(text.right)
    : TH.left([
        ConfigProblem.error(location, { _tag: 'Unreadable', source: value, reason: text.left }),
      ])
}

const exporterOf = async (
  { capabilities }: Assembly,
  id: string,
  { address, options, http }: SentryExporterSettings,
): Promise<Decoded<ReadonlyArray<ExporterEntry>>> =>
  instance.map(await authorities(capabilities, http), (ca) => [
    { id, address, options, http: httpOptions(http, ca, options.delivery.timeoutMillis) },
  ])

/** Certificates of the settings, or of the file that they name. */
const authorities = async (
  capabilities: ConfigCapabilities,
  { ca, caFile }: HttpClientSettings,
): Promise<Decoded<string | undefined>> => {
  if (caFile === undefined) return ca === undefined ? succeed(undefined) : checkPem(ca.value, ca)
  return instance.chain(await readFile(capabilities, caFile), (text) => checkPem(text, caFile))
}

const checkPem = (pem: string, { location }: Located<string>): Decoded<string> =>
  withProblems(
    isPem(pem)
      ? []
      : [
          ConfigProblem.error(location, {
            _tag: 'BadValue',
            expected: 'certificates in PEM',
            found: 'a text of another form',
          }),
        ],
    pem,
  )

const isPem = (text: string): boolean => {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return false
  try {
    return new X509Certificate(text).subject !== undefined
  } catch {
    return false
  }
}

const httpOptions = (
  settings: HttpClientSettings,
  ca: string | undefined,
  timeoutMillis: number,
): NodeHttpOptions => ({
  timeoutMillis,
  insecureSkipVerify: settings.insecureSkipVerify,
  ...(settings.compress ? {} : { gzipFromBytes: Number.POSITIVE_INFINITY }),
  ...(settings.connections === undefined ? {} : { connections: settings.connections }),
  ...(ca === undefined ? {} : { ca }),
  ...(settings.proxy === undefined ? {} : { proxy: settings.proxy }),
})
