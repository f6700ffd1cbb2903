/** The decoder that protobufjs generated of the messages of OTLP: bytes to messages, and nothing beyond. */
import * as inputs from '../inputs.ts'
import type { Reference } from '../Reference.ts'
import type { Round } from '../Round.ts'
import * as Peers from './Peers.ts'

// constructors

interface Generated {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly trace: {
          readonly v1: {
            readonly ExportTraceServiceRequest: { readonly decode: (bytes: Uint8Array) => unknown }
          }
        }
      }
    }
  }
}

export const protobufPeer = (reference: Reference): Round => {
  const { protobuf, items: spans } = inputs.reference(reference)
  const { opentelemetry } = Peers.load<Generated>(
    '@opentelemetry/otlp-transformer/build/src/generated/root.js',
  )
  const { ExportTraceServiceRequest } = opentelemetry.proto.collector.trace.v1
  return { spans, run: () => protobuf.map((bytes) => ExportTraceServiceRequest.decode(bytes)) }
}
