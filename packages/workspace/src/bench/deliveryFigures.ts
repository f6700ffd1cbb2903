/**
 * Figures of the CPU of a whole exporter: requests in, compressed envelopes posted to a server of another process. All threads
 * of this process count: collection of garbage, compression, sockets.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as Exporter from '@sentry-exporter/exporter/Exporter'
import type { Encoding } from '@sentry-exporter/otlp/OtlpBytes'
import { systemClock } from '@sentry-exporter/transport/Clock'
import { nodeHttp } from '@sentry-exporter/transport-node'
import type { Figure } from './Figure.ts'
import * as inputs from './inputs.ts'
import type { Reference } from './Reference.ts'
import type { Round } from './Round.ts'

// constructors

const CONTENT_TYPES: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
}

/** A minute after the spans of the reference data: older traces are shifted, which costs more. */
const CLOCK = { ...systemClock, now: () => 1_763_800_160_000 }

const SINK = fileURLToPath(new URL('../bin/benchSink.js', import.meta.url))

/** An exporter for each round: it would recognise spans that it has sent before. */
const delivered =
  (encoding: Encoding, inputsOf: (reference: Reference) => inputs.EncodedRequests) =>
  (reference: Reference): Round => {
    const { [encoding]: requests, items: spans } = inputsOf(reference)
    const contentType = CONTENT_TYPES[encoding]
    const sink = fork(SINK)
    const listening = new Promise<number>((resolve, reject) => {
      sink.once('message', (port) => resolve(Number(port)))
      sink.once('error', reject)
    })
    const http = nodeHttp({ proxy: false })
    let micros = 0
    return {
      spans,
      // The threads of the compiler count too.
      warmUpMillis: 6_000,
      counted: () => micros / 1_000,
      close: () => {
        sink.disconnect()
        void http.close?.()
      },
      run: async () => {
        const dsn = `http://key@127.0.0.1:${await listening}/1`
        const before = process.cpuUsage()
        const exporter = Exporter.open({ dsn }, http, CLOCK)
        for (const bytes of requests) void exporter.exportOtlp(bytes, { contentType })
        const { spansIn, waiting, dropped } = await exporter.flush()
        const { user, system } = process.cpuUsage(before)
        micros = user + system
        if (spansIn !== spans || waiting > 0) {
          throw new Error(`not delivered: ${JSON.stringify({ spansIn, waiting, dropped })}`)
        }
      },
    }
  }

export const deliveryFigures: ReadonlyArray<Figure> = [
  {
    name: 'cpu-json',
    description: 'an exporter: OTLP JSON -> compressed envelopes on a socket; CPU of all threads',
    floor: undefined,
    budget: undefined,
    prepare: delivered('json', inputs.reference),
  },
  {
    name: 'cpu-protobuf',
    description: 'an exporter: OTLP protobuf -> the same; CPU of all threads',
    floor: undefined,
    budget: undefined,
    prepare: delivered('protobuf', inputs.reference),
  },
  {
    name: 'cpu-lean-protobuf',
    description: 'the same of spans without events',
    floor: undefined,
    budget: undefined,
    prepare: delivered('protobuf', inputs.withoutEvents),
  },
]
