/** Requests over HTTP that are partly valid, by chance. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { root } from '../../lint/Workspace.ts'
import type { Random } from '../../Random.ts'
import * as Recorded from '../../Recorded.ts'
import { TOKEN } from './Target.ts'

// model

interface Body {
  readonly type: string
  readonly encoding: string
  readonly bytes: Uint8Array
}

const JSON_TYPE = 'application/json'

const PROTOBUF_TYPE = 'application/x-protobuf'

type HeaderLine = readonly [name: string, value: string]

/** The parts of a request before they are bytes. */
interface Draft {
  readonly line: string
  readonly headers: ReadonlyArray<HeaderLine>
  readonly body: Uint8Array
}

type Mutation = (draft: Draft, random: Random) => Draft

// constructors

const pick = <A>(random: Random, [first, ...rest]: readonly [A, ...ReadonlyArray<A>]): A =>
  rest[Math.floor(random() * (rest.length + 1)) - 1] ?? first

const json: Uint8Array = Buffer.from(
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [
          {
            spans: Array.from({ length: 20 }, (_, index) => ({
              traceId: '5b8efff798038103d269b633813fc60c',
              spanId: `eee19b7ec3c1b1${String(index + 10)}`,
              name: `span ${index}`,
              kind: 1,
              startTimeUnixNano: '1544712660000000000',
              endTimeUnixNano: '1544712661000000000',
            })),
          },
        ],
      },
    ],
  }),
)

/** A request with one resource, which has no spans. */
const protobuf: Uint8Array = Buffer.from([0x0a, 0x04, 0x0a, 0x02, 0x0a, 0x00])

/** Their content is text, which is decompressed and then refused. */
const recorded: ReadonlyArray<Body> = JSON.parse(
  readFileSync(join(root, 'packages/gateway/test/fixtures/compressed.json'), 'utf8'),
).map(({ encoding, base64 }: { readonly encoding: string; readonly base64: string }) => ({
  type: JSON_TYPE,
  encoding,
  bytes: Buffer.from(base64, 'base64'),
}))

/** In every compression. */
const bodies: readonly [Body, ...ReadonlyArray<Body>] = [
  { type: JSON_TYPE, encoding: 'identity', bytes: json },
  { type: PROTOBUF_TYPE, encoding: 'identity', bytes: protobuf },
  { type: PROTOBUF_TYPE, encoding: 'identity', bytes: new Uint8Array() },
  ...Recorded.metricBodies().map((bytes) => ({ type: PROTOBUF_TYPE, encoding: 'identity', bytes })),
  { type: JSON_TYPE, encoding: 'gzip', bytes: gzipSync(json) },
  { type: PROTOBUF_TYPE, encoding: 'gzip', bytes: gzipSync(protobuf) },
  { type: JSON_TYPE, encoding: 'zlib', bytes: deflateSync(json) },
  { type: PROTOBUF_TYPE, encoding: 'deflate', bytes: deflateSync(protobuf) },
  ...recorded,
]

const oddNames = [
  'Content-Type',
  'Content-Encoding',
  'Content-Length',
  'Transfer-Encoding',
  'Host',
  'Expect',
  'Authorization',
  'Connection',
  'Upgrade',
  'Origin',
  'X-Unknown',
] as const

const oddValues = [
  '',
  'application/json',
  'application/x-protobuf',
  'text/html; charset=\u00ff',
  'gzip',
  'gzip, zstd',
  'br',
  'chunked',
  'gzip, chunked',
  '0',
  '-1',
  '3',
  '99999999999999999999',
  '100-continue',
  'close',
  'keep-alive, upgrade',
  'h2c',
  'Bearer wrong',
  'Basic b3RlbDo=',
  'null',
  'x'.repeat(2_000),
  'a\tb',
] as const

const mutations: readonly [Mutation, ...ReadonlyArray<Mutation>] = [
  (draft) => draft,
  (draft, random) => ({ ...draft, body: withChanges(draft.body, random) }),
  (draft, random) => ({ ...draft, body: draft.body.subarray(0, random() * draft.body.length) }),
  (draft, random) => ({ ...draft, body: Buffer.concat([draft.body, randomBytes(random, 40)]) }),
  (draft, random) => ({ ...draft, line: textWithChange(draft.line, random) }),
  (draft, random) => ({
    ...draft,
    line: `${pick(random, ['GET', 'PUT', 'OPTIONS', 'TRACE', 'PRI', 'post', 'CONNECT'])} ${pick(random, ['/v1/traces', '/v1/metrics', '*', '/', '/%00', '/v1/../v1/traces'])} HTTP/1.1`,
  }),
  (draft, random) => ({ ...draft, headers: [...draft.headers, oddHeader(random)] }),
  (draft, random) => ({
    ...draft,
    headers: draft.headers.map((line) => (random() < 0.3 ? oddHeader(random) : line)),
  }),
  (draft, random) => ({ ...draft, headers: draft.headers.filter(() => random() < 0.7) }),
  (draft, random) => ({
    ...draft,
    headers: draft.headers.map(([name, value]) => [name, textWithChange(value, random)]),
  }),
  chunked,
]

/** The bytes of the next request. */
export const mutatedRequest = (random: Random): Uint8Array => {
  const { type, encoding, bytes } = pick(random, bodies)
  let draft: Draft = {
    line: `POST ${pick(random, ['/v1/traces', '/v1/traces', '/v1/logs', '/v1/metrics'])} HTTP/1.1`,
    headers: [
      ['Host', '127.0.0.1'],
      ['Content-Type', type],
      ['Content-Encoding', encoding],
      ['Content-Length', String(bytes.length)],
      ['Authorization', `Bearer ${TOKEN}`],
    ],
    body: bytes,
  }
  const rounds = Math.floor(random() * 3)
  for (let round = 0; round < rounds; round++) draft = pick(random, mutations)(draft, random)
  const lines = [draft.line, ...draft.headers.map(([name, value]) => `${name}: ${value}`)]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), draft.body])
}

const oddHeader = (random: Random): HeaderLine => [pick(random, oddNames), pick(random, oddValues)]

const randomBytes = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length: Math.floor(random() * length) }, () => random() * 256)

const withChanges = (bytes: Uint8Array, random: Random): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  for (let i = 0; i < 3; i++) changed[Math.floor(random() * changed.length)] = random() * 256
  return changed
}

const textWithChange = (text: string, random: Random): string => {
  const at = Math.floor(random() * text.length)
  return text.slice(0, at) + String.fromCharCode(random() * 256) + text.slice(at + 1)
}

function chunked(draft: Draft, random: Random): Draft {
  const size =
    random() < 0.8 ? draft.body.length.toString(16) : pick(random, ['', 'zz', 'ffffffffff', '-1'])
  const end =
    random() < 0.8 ? '\r\n0\r\n\r\n' : pick(random, ['', '\r\n0\r\n', '\r\n0\r\nX: 1\r\n\r\n'])
  return {
    ...draft,
    headers: [
      ...draft.headers.filter(([name]) => name !== 'Content-Length'),
      ['Transfer-Encoding', 'chunked'],
    ],
    body: Buffer.concat([Buffer.from(`${size}\r\n`), draft.body, Buffer.from(end)]),
  }
}
