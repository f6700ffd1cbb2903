/** The files of a gateway in a folder of its own, and the changes of them that a reload finds. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Certificate, selfSigned } from '../../tls/selfSigned.ts'

// model

export interface ReloadFiles {
  /** The path of the configuration. */
  readonly configuration: string
  /** Writes the nth change. Gives the result that the reload must have. */
  readonly change: (n: number) => ReloadExpectation
  /** The tokens that are valid. Both are during the whole run. */
  readonly tokens: ReadonlyArray<string>
  /** Texts that no output may contain. */
  readonly secrets: () => ReadonlyArray<string>
  readonly remove: () => void
}

export type ReloadExpectation = 'applied' | 'invalid' | 'restart' | 'failed'

const TOKENS = ['hush-token-first', 'hush-token-second']

const PASSWORD = 'hush-password'

const SECRET_KEYS = ['hush-dsn-one', 'hush-dsn-two', 'hush-dsn-three']

// constructors

export const make = (sinkPort: number): ReloadFiles => {
  const folder = mkdtempSync(join(tmpdir(), 'reload-'))
  const keys: Array<string> = []
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const rotate = ({ cert, key }: Certificate = selfSigned()): void => {
    keys.push(key)
    write('cert.pem', cert)
    write('key.pem', key)
  }
  const configure = (sentry: string, grpc = ''): void =>
    write('gateway.yaml', yaml({ folder, sinkPort, sentry, grpc }))
  const changes: ReadonlyArray<() => ReloadExpectation> = [
    () => {
      configure('dsn_of_nobody: 1')
      return 'invalid'
    },
    () => {
      rotate()
      configure('environment: blue')
      return 'applied'
    },
    () => {
      configure('concurrency: 3', ', max_recv_msg_size_mib: 7')
      return 'restart'
    },
    () => {
      write('dsn', dsn(sinkPort, 1))
      configure('concurrency: 3')
      return 'applied'
    },
    () => {
      configure(`routes: [{ match: { service.name: checkout-api }, dsn: '${dsn(sinkPort, 2)}' }]`)
      return 'applied'
    },
    () => {
      rotate({ ...selfSigned(), cert: selfSigned().cert })
      configure('max_spans: 500')
      return 'failed'
    },
    () => {
      rotate()
      configure('mapping: collector')
      return 'applied'
    },
    () => {
      write('tokens', `${[...TOKENS].reverse().join('\n')}\n`)
      write('dsn', dsn(sinkPort, 0))
      configure('http: { compression: none }')
      return 'applied'
    },
  ]
  mkdirSync(folder, { recursive: true })
  write('tokens', TOKENS.join('\n'))
  write('passwords', `operator:${PASSWORD}\n`)
  write('dsn', dsn(sinkPort, 0))
  rotate()
  configure('environment: first')
  return {
    configuration: join(folder, 'gateway.yaml'),
    change: (n) => changes[n % changes.length]?.() ?? 'applied',
    tokens: TOKENS,
    secrets: () => [...TOKENS, ...SECRET_KEYS, PASSWORD, ...keys.map(bodyOfKey)],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A line from the middle of a key in PEM. */
const bodyOfKey = (pem: string): string => pem.split('\n')[1] ?? pem

const dsn = (port: number, project: number): string =>
  `http://key${project}:${SECRET_KEYS[project]}@127.0.0.1:${port}/${project + 1}`

interface YamlParts {
  readonly folder: string
  readonly sinkPort: number
  readonly sentry: string
  readonly grpc: string
}

const yaml = ({ folder, sentry, grpc }: YamlParts): string => `
receivers:
  otlp:
    protocols:
      http:
        endpoint: 127.0.0.1:0
        tls: { cert_file: ${folder}/cert.pem, key_file: ${folder}/key.pem }
        auth: { authenticator: bearertokenauth }
      grpc: { endpoint: 127.0.0.1:0, tls: { cert_file: ${folder}/cert.pem, key_file: ${folder}/key.pem }, auth: { authenticator: bearertokenauth }${grpc} }
exporters:
  sentry: { dsn: "\${file:${folder}/dsn}", settle_millis: 500, max_queue_bytes: 67108864, ${sentry} }
extensions:
  bearertokenauth: { filename: ${folder}/tokens }
  basicauth: { htpasswd: { file: ${folder}/passwords } }
service:
  extensions: [bearertokenauth, basicauth]
  telemetry:
    logs: { encoding: json }
    metrics: { readers: [{ pull: { exporter: { prometheus: { host: 127.0.0.1, port: 0 } } } }] }
  pipelines: { traces: { receivers: [otlp], exporters: [sentry] } }
`
