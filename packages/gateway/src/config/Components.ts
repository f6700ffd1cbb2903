/** The components of a configuration, each decoded by its codec. Components of other types are not decoded. */
import type { Processor } from '../processor/Processor.ts'
import { entriesOf, isNull } from './ConfigNode.ts'
import type * as ConfigProblem from './ConfigProblem.ts'
import {
  type Codec,
  type Decoded,
  fail,
  type Given,
  instance,
  type Located,
  mapWith,
  succeed,
} from './codec/Codec.ts'
import { field, struct } from './codec/collections.ts'
import { describeNode } from './codec/describeNode.ts'
import { attributesProcessor, resourceProcessor } from './component/attributeActions.ts'
import { type Authenticator, basicAuth, bearerTokenAuth } from './component/authenticators.ts'
import * as ComponentId from './component/ComponentId.ts'
import { type HealthCheckConfig, healthCheck } from './component/healthCheck.ts'
import { type OtlpReceiverSettings, otlpReceiver } from './component/otlpReceiver.ts'
import { type SentryExporterSettings, sentryExporter } from './component/sentryExporter.ts'
import { type ServiceSettings, service } from './component/service.ts'

// model

type ExtensionSettings =
  | { readonly _tag: 'HealthCheck'; readonly config: HealthCheckConfig }
  | { readonly _tag: 'Authenticator'; readonly authenticator: Authenticator }

/** By id. */
export interface Components {
  readonly receivers: ReadonlyMap<string, OtlpReceiverSettings>
  readonly processors: ReadonlyMap<string, Processor>
  readonly exporters: ReadonlyMap<string, SentryExporterSettings>
  readonly extensions: ReadonlyMap<string, ExtensionSettings>
  readonly service: ServiceSettings
}

// decoding

type CodecFor<A> = (type: string, id: string) => Codec<A> | undefined

/** A map from ids to components. Those without a codec are left out. */
const componentsOf = <A>(codecFor: CodecFor<A>): Codec<ReadonlyMap<string, A>> => ({
  decode: (given) => {
    const { node } = given
    if (node !== undefined && !isNull(node) && node._tag !== 'Map') {
      return fail(given, {
        _tag: 'BadValue',
        expected: 'a map from ids to components',
        found: describeNode(node),
      })
    }
    return [...entriesOf(node).keys()].reduce<Decoded<ReadonlyMap<string, A>>>(
      (made, key) =>
        instance.ap(
          instance.map(
            made,
            (components) => (component: ReadonlyMap<string, A>) =>
              new Map([...components, ...component]),
          ),
          componentOf(codecFor, key, field(given, key)),
        ),
      succeed(new Map()),
    )
  },
})

const componentOf = <A>(
  codecFor: CodecFor<A>,
  key: string,
  given: Given,
): Decoded<ReadonlyMap<string, A>> => {
  const id = ComponentId.parse(key)
  if (id === undefined) {
    return fail(given, {
      _tag: 'BadValue',
      expected: ComponentId.EXPECTED,
      found: 'a key of another form',
    })
  }
  const name = ComponentId.show(id)
  const misplaced = misplacedProblem(name, given)
  if (misplaced !== undefined) return fail(given, misplaced)
  const codec = codecFor(id.type, name)
  return codec === undefined
    ? succeed(new Map())
    : instance.map(codec.decode(given), (value) => new Map([[name, value]]))
}

const SECTIONS: ReadonlyArray<string> = [
  'receivers',
  'processors',
  'exporters',
  'connectors',
  'extensions',
  'service',
]

/** Wrong indentation puts a section into another one, or a setting beside its component. */
const misplacedProblem = (id: string, { node }: Given): ConfigProblem.Finding | undefined => {
  if (SECTIONS.includes(id)) {
    return {
      _tag: 'UnknownKey',
      nearest: undefined,
      hint: 'it belongs to the top level; is its indentation right?',
    }
  }
  return node === undefined || isNull(node) || node._tag === 'Map'
    ? undefined
    : {
        _tag: 'BadValue',
        expected: 'a map with the settings of a component, indented below its id',
        found: describeNode(node, true),
      }
}

const receiverFor: CodecFor<OtlpReceiverSettings> = (type) =>
  type === 'otlp' ? otlpReceiver : undefined

const processorFor: CodecFor<Processor> = (type, id) => {
  switch (type) {
    case 'attributes':
      return mapWith(attributesProcessor, (actions) => ({ id, target: 'attributes', actions }))
    case 'resource':
      return mapWith(resourceProcessor, (actions) => ({ id, target: 'resource', actions }))
    default:
      return undefined
  }
}

const toAuthenticator = (authenticator: Authenticator): ExtensionSettings => ({
  _tag: 'Authenticator',
  authenticator,
})

const extensionFor: CodecFor<ExtensionSettings> = (type, id) => {
  switch (type) {
    case 'health_check':
      return mapWith(healthCheck(id), (config) => ({ _tag: 'HealthCheck', config }))
    case 'bearertokenauth':
      return mapWith(bearerTokenAuth, toAuthenticator)
    case 'basicauth':
      return mapWith(basicAuth, toAuthenticator)
    default:
      return undefined
  }
}

const IN_SERVICE = 'it belongs into service'

/** The whole configuration. `fallbackDsn` is the address of exporters without one. */
export const components = (fallbackDsn: Located<string> | undefined): Codec<Components> => {
  const exporter = sentryExporter(fallbackDsn)
  return mapWith(
    struct(
      {
        receivers: componentsOf(receiverFor),
        processors: componentsOf(processorFor),
        exporters: componentsOf((type) => (type === 'sentry' ? exporter : undefined)),
        connectors: componentsOf<never>(() => undefined),
        extensions: componentsOf(extensionFor),
        service,
      },
      { pipelines: IN_SERVICE, telemetry: IN_SERVICE },
    ),
    ({ connectors: _connectors, ...read }) => read,
  )
}
