/** Figures of other implementations on the same spans. */
import type { Figure } from '../Figure.ts'
import { protobufPeer } from './protobufPeer.ts'
import { sentryPeer } from './sentryPeer.ts'

// constructors

export const peerFigures: ReadonlyArray<Figure> = [
  {
    name: 'peer-sentry',
    description: '@sentry/opentelemetry 10.78.0: SDK spans -> envelopes without errors',
    isPeer: true,
    floor: 'floor',
    budget: undefined,
    prepare: sentryPeer('new'),
  },
  {
    name: 'peer-sentry-old',
    description: 'the same in a process that has sent 10,000 spans before',
    isPeer: true,
    floor: 'floor',
    budget: undefined,
    prepare: sentryPeer('old'),
  },
  {
    name: 'peer-protobufjs',
    description: 'protobufjs 7, generated code: OTLP protobuf bytes -> messages, no more',
    isPeer: true,
    floor: 'floor',
    budget: undefined,
    prepare: protobufPeer,
  },
]
