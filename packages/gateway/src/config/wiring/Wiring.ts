/**
 * The references of a configuration: which pipelines and extensions name which components. It is read from the tree without
 * the codecs of the components, so that dangling references are found beside all other errors.
 */
import * as TH from '#fp-ts/These'
import { entriesOf } from '../ConfigNode.ts'
import * as ConfigPath from '../ConfigPath.ts'
import type { ComponentKind, Location } from '../ConfigProblem.ts'
import type { Given, Located } from '../codec/Codec.ts'
import { field } from '../codec/collections.ts'
import * as ComponentId from '../component/ComponentId.ts'

// model

export type References = ReadonlyArray<Located<string>>

export interface PipelineWiring {
  /** As it was written: `traces/backend`. */
  readonly id: string
  readonly location: Location
  readonly receivers: References
  readonly processors: References
  readonly exporters: References
}

export interface Wiring {
  readonly pipelines: ReadonlyArray<PipelineWiring>
  /** The place of the map of all pipelines. */
  readonly location: Location
  readonly extensions: References
  /** The extensions that guard receivers. */
  readonly authenticators: References
  /** Components that are left out on purpose. */
  readonly ignored: References
  /** The components that are configured, by kind and id. */
  readonly configured: Readonly<Record<ComponentKind, ReadonlyMap<string, Location>>>
}

// constructors

/** The keys of the configuration at its top level, by the kind of their components. */
export const SECTIONS: Readonly<Record<ComponentKind, string>> = {
  receiver: 'receivers',
  processor: 'processors',
  exporter: 'exporters',
  connector: 'connectors',
  extension: 'extensions',
}

/** Reads what is there; invalid parts are left out, and the codecs report them. */
export const read = (root: Given): Wiring => {
  const service = field(root, 'service')
  const pipelines = field(service, 'pipelines')
  const configured = (kind: ComponentKind): ReadonlyMap<string, Location> =>
    configuredIn(field(root, SECTIONS[kind]))
  return {
    pipelines: [...entriesOf(pipelines.node).keys()].map((id) =>
      pipelineOf(id, field(pipelines, id)),
    ),
    location: pipelines,
    extensions: referencesIn(field(service, 'extensions')),
    authenticators: authenticatorsOf(field(root, SECTIONS.receiver)),
    ignored: referencesIn(field(service, 'ignore_components')),
    configured: {
      receiver: configured('receiver'),
      processor: configured('processor'),
      exporter: configured('exporter'),
      connector: configured('connector'),
      extension: configured('extension'),
    },
  }
}

const pipelineOf = (id: string, given: Given): PipelineWiring => ({
  id,
  location: given,
  receivers: referencesIn(field(given, 'receivers')),
  processors: referencesIn(field(given, 'processors')),
  exporters: referencesIn(field(given, 'exporters')),
})

/** Of the servers of all receivers `otlp`. */
const authenticatorsOf = (receivers: Given): References =>
  [...entriesOf(receivers.node).keys()]
    .filter((id) => ComponentId.typeOf(id) === 'otlp')
    .flatMap((id) => {
      const protocols = field(field(receivers, id), 'protocols')
      return ['http', 'grpc'].flatMap((protocol) =>
        referenceOf(field(field(field(protocols, protocol), 'auth'), 'authenticator')),
      )
    })

const referenceOf = (given: Given): References => {
  const id = ComponentId.codec.decode(given)
  return TH.isLeft(id) ? [] : [{ value: id.right, location: given }]
}

const referencesIn = ({ node, path }: Given): References =>
  node?._tag !== 'List'
    ? []
    : node.items.flatMap((item, index) =>
        referenceOf({ node: item, place: item.place, path: ConfigPath.item(path, index) }),
      )

/** The id of a component without spaces around its parts, as references have it. */
const configuredIn = (given: Given): ReadonlyMap<string, Location> =>
  new Map(
    [...entriesOf(given.node)].map(([key, { place }]) => {
      const id = ComponentId.parse(key)
      return [
        id === undefined ? key : ComponentId.show(id),
        { place, path: ConfigPath.at(given.path, key) },
      ]
    }),
  )

// folds

/** Whether a pipeline sends to Sentry; other pipelines are left alone. */
export const isOurs = ({ exporters }: PipelineWiring): boolean =>
  exporters.some(({ value }) => ComponentId.typeOf(value) === 'sentry')
