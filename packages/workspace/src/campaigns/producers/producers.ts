/**
 * Real SDKs of other languages through `serve`: with both protocols and with and without compression, the tree is whole and the
 * error is there. The variables are those of the guide.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEnvelopeServer } from '../../gateway/EnvelopeServer.ts'
import { startServe } from '../../gateway/ServeProcess.ts'
import type { Campaign } from '../Campaign.ts'
import { goProducer } from './goProducer.ts'
import { guideVariables } from './guideVariables.ts'
import { inAppFrames } from './inAppFrames.ts'
import { javaProducer } from './javaProducer.ts'
import type { Producer } from './Producer.ts'
import { pythonProducer } from './pythonProducer.ts'
import { type ReceivedTree, receivedTree } from './receivedTree.ts'

// model

type Case = readonly [protocol: 'http/protobuf' | 'grpc', compression: 'none' | 'gzip']

interface CaseReport extends ReceivedTree {
  readonly protocol: string
  readonly compression: string
  /** The functions of the error that belong to the program, the outermost first. */
  readonly frames: string
}

const PRODUCERS: ReadonlyArray<Producer> = [pythonProducer, goProducer, javaProducer]

const CASES: ReadonlyArray<Case> = [
  ['http/protobuf', 'none'],
  ['http/protobuf', 'gzip'],
  ['grpc', 'none'],
  ['grpc', 'gzip'],
]

/** Those of every producer. */
const EXPECTED = { spans: 4, errors: 1, roots: 1, orphans: 0, traces: 1 }

/** Where the error of every producer occurs. */
const FAILING_FUNCTION = 'charge'

// running

export const producers: Campaign = {
  name: 'producers',
  description: 'SDKs of Python, Go and Java through serve; what this machine lacks is skipped',
  run: async () => {
    const languages: Array<Readonly<Record<string, unknown>>> = []
    for (const producer of PRODUCERS) {
      const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-producer-'))
      try {
        languages.push({ language: producer.language, ...(await inFolder(producer, folder)) })
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }
    return { expected: EXPECTED, languages }
  },
}

const inFolder = async (
  { language, prepare }: Producer,
  folder: string,
): Promise<Readonly<Record<string, unknown>>> => {
  const prepared = await prepare(folder)
  if (prepared._tag === 'Missing') return { skipped: prepared.reason }
  const cases: Array<CaseReport> = []
  for (const one of CASES) cases.push(await runCase(one, guideVariables(language), prepared.run))
  return { versions: prepared.versions.join(', '), cases }
}

const yaml = (sinkPort: number): string => `
receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:0' }, grpc: { endpoint: '127.0.0.1:0' } } } }
exporters: { sentry: { dsn: 'http://key@127.0.0.1:${sinkPort}/1', settle_millis: 200 } }
service:
  telemetry: { logs: { encoding: json }, metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`

const runCase = async (
  [protocol, compression]: Case,
  variables: Readonly<Record<string, string>>,
  produce: (env: Readonly<Record<string, string>>) => Promise<void>,
): Promise<CaseReport> => {
  const bodies: Array<Uint8Array> = []
  const sink = await openEnvelopeServer((bytes) => bodies.push(bytes))
  const serve = await startServe(yaml(sink.port), ['otlp http', 'otlp grpc'])
  const port = serve.ports.get(protocol === 'grpc' ? 'otlp grpc' : 'otlp http')
  const { OTEL_EXPORTER_OTLP_COMPRESSION: _, ...others } = variables
  await produce({
    ...others,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    // Python's exporter for gRPC refuses the value "none".
    ...(compression === 'none' ? {} : { OTEL_EXPORTER_OTLP_COMPRESSION: compression }),
  })
  const { code, stdout } = await serve.end()
  sink.close()
  const tree = receivedTree(bodies)
  const report = { protocol, compression, ...tree, frames: inAppFrames(bodies).join(' > ') }
  const isWhole = Object.entries(EXPECTED).every(
    ([name, value]) => tree[name as keyof ReceivedTree] === value,
  )
  const isNamed = report.frames.endsWith(FAILING_FUNCTION)
  if (code !== 0 || !isWhole || !isNamed || !stdout.includes('nothing lost')) {
    throw new Error(`${JSON.stringify(report)}, exit code ${code}: ${stdout}`)
  }
  return report
}
