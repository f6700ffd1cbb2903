/** Figures of log records: from the bytes of requests to the bytes of envelopes of logs, and to those of their errors. */
import * as Limits from '@sentry-exporter/core/Limits'
import * as Mapping from '@sentry-exporter/core/Mapping'
import { Assembly, ItemText, logItems } from '@sentry-exporter/core/pipeline'
import * as Sensitive from '@sentry-exporter/core/Sensitive'
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { ItemEnvelope, WaitingItems } from '@sentry-exporter/exporter'
import * as Pipeline from '@sentry-exporter/exporter/Pipeline'
import * as Routing from '@sentry-exporter/exporter/Routing'
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import { encodedReady, optionsOf } from './encoded.ts'
import type { Figure } from './Figure.ts'
import { floorOf } from './floorOf.ts'
import * as inputs from './inputs.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'
import { recordsIn } from './spansOf.ts'

// constructors

const itemsMaker = () => logItems({ mapping: Mapping.sentry, privacy: Sensitive.defaults })

/** The logs of each request for itself. */
const logged =
  (encoding: Encoding) =>
  (reference: Reference): Round => {
    const { [encoding]: requests, items: spans } = inputs.logs(reference)
    const toItems = itemsMaker()
    const add = WaitingItems.add('log', () => Routing.DEFAULT)
    const encode = ItemEnvelope.seal(Dsn.unknown)
    return {
      spans,
      run: () =>
        requests.map((bytes) => {
          const { items } = toItems(recordsIn(encoding, bytes), 0)
          const { full, state } = add(WaitingItems.empty, items)
          return [...full, ...WaitingItems.groups(state)].reduce(
            (sum, group) => sum + encode(group, group.to).bytes.length,
            0,
          )
        }),
    }
  }

/** F of logs: the JSON of the requests is parsed, and containers of their logs are printed. */
const floor = (reference: Reference): Round => {
  const { json, items: spans } = inputs.logs(reference)
  const toItems = itemsMaker()
  const containers = json.map((bytes) => ({
    version: 2,
    items: toItems(recordsIn('json', bytes), 0).items.map((item) =>
      JSON.parse(ItemText.textOf(item)),
    ),
  }))
  const texts = json.map((bytes) => [new TextDecoder().decode(bytes)])
  return floorOf(texts, containers, spans)
}

/** The errors in the records of each request for itself. */
const failed =
  (encoding: Encoding) =>
  (reference: Reference): Round => {
    const { [encoding]: requests, items: spans } = inputs.logs(reference)
    const { initial, step } = Pipeline.machine(optionsOf(Limits.untimed(Limits.gateway)))
    return {
      spans,
      run: () => {
        for (const bytes of requests) {
          const records = recordsIn(encoding, bytes)
          const arrived = step(initial, { ...Assembly.arrived([]), records })
          const flushed = step(arrived.state, { _tag: 'Flush', nowMillis: 0 })
          encodedReady([...arrived.emitted, ...flushed.emitted])
        }
      },
    }
  }

const FLOOR = 'floor-logs'

export const logFigures: ReadonlyArray<Figure> = [
  {
    name: FLOOR,
    description:
      'F of logs: JSON.parse of the OTLP JSON + JSON.stringify of the logs of the same records',
    floor: undefined,
    budget: undefined,
    prepare: floor,
  },
  {
    name: 'logs-json',
    description: 'OTLP JSON bytes of log records -> envelope bytes of logs',
    floor: FLOOR,
    budget: undefined,
    prepare: logged('json'),
  },
  {
    name: 'logs-protobuf',
    description: 'OTLP protobuf bytes of log records -> envelope bytes of logs',
    floor: FLOOR,
    budget: 0.6,
    prepare: logged('protobuf'),
  },
  {
    name: 'log-errors-json',
    description: 'OTLP JSON bytes of log records -> envelope bytes of their errors',
    floor: undefined,
    budget: undefined,
    prepare: failed('json'),
  },
  {
    name: 'log-errors-protobuf',
    description: 'OTLP protobuf bytes of log records -> envelope bytes of their errors',
    floor: undefined,
    budget: undefined,
    prepare: failed('protobuf'),
  },
]
