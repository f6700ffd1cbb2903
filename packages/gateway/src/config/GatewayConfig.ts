/**
 * The configuration of the gateway: YAML in the shape of the OpenTelemetry Collector, decoded and checked as a whole. The steps
 * are functions with data between them:
 *
 *     sources -> texts -> tree with places -> merged -> expanded -> components and references -> GatewayConfig
 *
 * The Collector merges before it expands too: a value that a later source replaces is not expanded.
 *
 * @example
 * ```ts
 * import { ConfigProblem, GatewayConfig } from '@sentry-exporter/gateway'
 *
 * const text = `
 * receivers: { otlp: { protocols: { http: } } }
 * exporters: { sentry: { dsn: 'https://key@sentry.example.com/42', enviroment: production } }
 * service: { pipelines: { traces: { receivers: [otlp], exporters: [sentry] } } }`
 *
 * const capabilities: GatewayConfig.ConfigCapabilities = {
 *   env: () => undefined,
 *   readFile: async () => ({ _tag: 'Left', left: 'there is no such file' }),
 * }
 * const sources = { configs: [`yaml:${text}`], sets: [], dsn: undefined }
 * const loaded = await GatewayConfig.load(sources, capabilities)
 * console.log(loaded._tag === 'Left' ? loaded.left.map(ConfigProblem.show).join('\n') : 'valid')
 * // yaml:3:66: error: exporters::sentry::enviroment: unknown key, did you mean environment?
 * ```
 */
import * as E from '#fp-ts/Either'
import * as TH from '#fp-ts/These'
import { assemble } from './assembleConfig.ts'
import { type Components, components } from './Components.ts'
import type { ConfigCapabilities } from './ConfigCapabilities.ts'
import type { ConfigNode } from './ConfigNode.ts'
import { entriesOf } from './ConfigNode.ts'
import * as ConfigPath from './ConfigPath.ts'
import * as ConfigProblem from './ConfigProblem.ts'
import { type ConfigSources, readSources } from './ConfigSource.ts'
import {
  type Decoded,
  type Given,
  instance,
  isAbsent,
  type Located,
  withProblems,
} from './codec/Codec.ts'
import { field } from './codec/collections.ts'
import * as ComponentId from './component/ComponentId.ts'
import { expand } from './expand/expand.ts'
import type { GatewayConfig } from './GatewayModel.ts'
import { startOf } from './Place.ts'
import { checkEndpoints } from './wiring/checkEndpoints.ts'
import { checkWiring } from './wiring/checkWiring.ts'
import * as Wiring from './wiring/Wiring.ts'
import { withoutCascades } from './withoutCascades.ts'

export type { ConfigCapabilities } from './ConfigCapabilities.ts'
export type { ConfigSources } from './ConfigSource.ts'
export type {
  ExporterEntry,
  GatewayConfig,
  PipelineConfig,
  ReceiverEntry,
} from './GatewayModel.ts'
export { exporterConfig } from './GatewayModel.ts'
export { liveCapabilities } from './liveCapabilities.ts'

// model

export interface LoadedConfig {
  readonly config: GatewayConfig
  /** Warnings and notes, in the order of the sources. */
  readonly notes: ConfigProblem.ConfigProblems
}

// running

/** The configuration, or all errors of it, with its warnings. Never rejects. */
export const load = async (
  sources: ConfigSources,
  capabilities: ConfigCapabilities,
): Promise<E.Either<ConfigProblem.ConfigProblems, LoadedConfig>> => {
  const dsn = fallbackDsn(sources, capabilities)
  const tree = await readSources(capabilities)({ ...sources, dsn: dsn?.value })
  if (E.isLeft(tree)) return tree
  const expanded = await expand(capabilities)(tree.right)
  const decoded = await decode(capabilities, expanded.node, dsn)
  const problems = inOrder([
    ...expanded.problems,
    ...(TH.isRight(decoded) ? [] : decoded.left),
    ...unusedDsn(sources, rootOf(expanded.node)),
  ])
  return TH.isLeft(decoded) || problems.some(ConfigProblem.isError)
    ? E.left(withoutCascades(problems).filter((problem) => !ConfigProblem.isNote(problem)))
    : E.right({ config: decoded.right, notes: problems })
}

/** `--dsn`, or the variable that Sentry's SDKs read. */
const fallbackDsn = (
  { dsn }: ConfigSources,
  { env }: ConfigCapabilities,
): Located<string> | undefined => {
  const value = dsn ?? env('SENTRY_DSN')
  const source = dsn === undefined ? 'SENTRY_DSN' : '--dsn'
  return value === undefined || value === ''
    ? undefined
    : { value, location: { place: startOf(source), path: ConfigPath.root } }
}

const rootOf = (node: ConfigNode): Given => ({ node, path: ConfigPath.root, place: node.place })

/** The tree is complete; files that it names are read. */
const decode = async (
  capabilities: ConfigCapabilities,
  node: ConfigNode,
  dsn: Located<string> | undefined,
): Promise<Decoded<GatewayConfig>> => {
  const root = rootOf(node)
  const wiring = Wiring.read(root)
  const references = withProblems(checkWiring(wiring), undefined)
  const checked = instance.ap(
    instance.map(
      references,
      () =>
        (value: Components): Components =>
          value,
    ),
    components(dsn).decode(root),
  )
  if (TH.isLeft(checked)) return checked
  const assembled = await assemble({ components: checked.right, wiring, capabilities })
  const notes = TH.isRight(checked) ? [] : checked.left
  return instance.chain(assembled, (config) =>
    withProblems([...notes, ...checkEndpoints(config, (path) => path.reduce(field, root))], config),
  )
}

/** `--dsn` is for exporters without a DSN of their own. */
const unusedDsn = ({ dsn }: ConfigSources, root: Given): ConfigProblem.ConfigProblems => {
  const exporters = field(root, 'exporters')
  const isUsed = [...entriesOf(exporters.node).keys()]
    .filter((id) => ComponentId.typeOf(id) === 'sentry')
    .some((id) => isAbsent(field(field(exporters, id), 'dsn')))
  return dsn === undefined || isUsed
    ? []
    : [
        ConfigProblem.warning(
          { place: startOf('--dsn'), path: ConfigPath.root },
          { _tag: 'NoEffect', reason: 'each exporter sentry of the configuration has a dsn' },
        ),
      ]
}

/** By lines within a source; sources in the order of their first problem. */
const inOrder = (problems: ConfigProblem.ConfigProblems): ConfigProblem.ConfigProblems => {
  const sources = [...new Set(problems.map(({ place }) => place?.source))]
  const rank = ({ place }: ConfigProblem.ConfigProblem): number => sources.indexOf(place?.source)
  return [...problems].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0),
  )
}
