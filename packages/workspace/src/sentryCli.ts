/**
 * Sentry's own command line as a judge: `sentry-cli send-envelope` reads an envelope into typed structures and refuses
 * bad framing, ids, statuses, levels and tags. It runs against a server on 127.0.0.1, in an empty folder, with no
 * settings but ours.
 *
 * It is stricter than Sentry in two points (`asItReads`): it takes the end of a transaction and of a span only as text, and it
 * has the old name of the status `unknown`. It knows no `span` and no `client_report` items.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PROCESS_LIMIT_MILLIS } from './runner/limit.ts'

// model

export interface Judgement {
  readonly isAccepted: boolean
  /** The output of the judge. */
  readonly output: string
  /** The event ids of the envelopes that the judge passed on, without dashes, sorted. */
  readonly eventIds: ReadonlyArray<string>
}

// constructors

/**
 * Where the program is, found as its own package finds it: in an optional package for the platform. `undefined` where
 * there is none. Nothing is downloaded.
 */
export const findBinary = (
  platform: string = process.platform,
  arch: string = process.arch,
): string | undefined => {
  const name = platform === 'darwin' ? 'darwin' : `${SYSTEMS.get(platform)}-${PROCESSORS.get(arch)}`
  const file = platform === 'win32' ? 'sentry-cli.exe' : 'sentry-cli'
  try {
    // The packages for the platforms are dependencies of @sentry/cli, visible only from there.
    const home = createRequire(import.meta.resolve('@sentry/cli/package.json'))
    const path = join(dirname(home.resolve(`@sentry/cli-${name}/package.json`)), 'bin', file)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}

// transformations

/**
 * A copy of an envelope as the judge reads it: end times of transactions and spans are RFC 3339 texts, to the microsecond, and
 * the status `unknown` is `unknown_error`. All else is the same.
 */
export const asItReads = (envelope: Uint8Array): Uint8Array => {
  const [header = '', itemHeader = '', payload = ''] = Buffer.from(envelope).toString().split('\n')
  const item: Fields = JSON.parse(itemHeader)
  if (item['type'] !== 'transaction') return envelope
  const event: Transaction = JSON.parse(payload)
  const { contexts, spans } = event
  const text = JSON.stringify({
    ...withTextEnd(event),
    contexts: { ...contexts, trace: withOldStatus(contexts.trace) },
    spans: spans.map((span) => withOldStatus(withTextEnd(span))),
  })
  const length = Buffer.byteLength(text)
  return Buffer.from(`${header}\n${JSON.stringify({ ...item, length })}\n${text}\n`)
}

// running

/** Hands all envelopes to the judge at once. It stops at the first that it refuses. */
export const judge =
  (binary: string) =>
  async (envelopes: ReadonlyArray<Uint8Array>): Promise<Judgement> => {
    const eventIds: Array<string> = []
    const server = createServer(async (request, response) => {
      const chunks: Array<Buffer> = []
      for await (const chunk of request) chunks.push(chunk)
      const [header = ''] = Buffer.concat(chunks).toString().split('\n')
      eventIds.push(String(JSON.parse(header)['event_id']).replaceAll('-', ''))
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address with one.
    const { port } = server.address() as AddressInfo
    const home = mkdtempSync(join(tmpdir(), 'strict-judge-'))
    try {
      const folder = join(home, 'envelopes')
      mkdirSync(folder)
      for (const [index, bytes] of envelopes.entries()) {
        writeFileSync(join(folder, `${String(index).padStart(5, '0')}.envelope`), bytes)
      }
      const { isAccepted, output } = await run(binary, home, port)
      return { isAccepted, output, eventIds: eventIds.sort() }
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(home, { recursive: true })
    }
  }

const run = (
  binary: string,
  home: string,
  port: number,
): Promise<Pick<Judgement, 'isAccepted' | 'output'>> =>
  new Promise((resolve) => {
    execFile(
      binary,
      ['send-envelope', 'envelopes/*.envelope'],
      {
        cwd: home,
        timeout: PROCESS_LIMIT_MILLIS,
        maxBuffer: 16 * 1024 * 1024,
        env: {
          HOME: home,
          USERPROFILE: home,
          NO_PROXY: '*',
          SENTRY_DISABLE_UPDATE_CHECK: '1',
          SENTRY_DSN: `http://${PUBLIC_KEY}@127.0.0.1:${port}/1`,
          SENTRY_LOAD_DOTENV: '0',
          SENTRY_LOG_LEVEL: 'error',
          SENTRY_URL: `http://127.0.0.1:${port}/`,
        },
      },
      (error, stdout, stderr) => resolve({ isAccepted: error === null, output: stderr || stdout }),
    )
  })

const PUBLIC_KEY = '0123456789abcdef0123456789abcdef'

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ['android', 'linux'],
  ['freebsd', 'linux'],
  ['linux', 'linux'],
  ['win32', 'win32'],
])

const PROCESSORS: ReadonlyMap<string, string> = new Map([
  ['arm', 'arm'],
  ['arm64', 'arm64'],
  ['ia32', 'i686'],
  ['x64', 'x64'],
])

type Fields = Readonly<Record<string, unknown>>

type Transaction = Fields & {
  readonly contexts: Fields & { readonly trace: Fields }
  readonly spans: ReadonlyArray<Fields>
}

/**
 * The judge knows the status only as `unknown_error`, its name until Relay 25.10. Since then Relay takes `unknown` as it is and
 * reads `unknown_error` as `internal_error`, a failure (`relay-base-schema/src/spans.rs` of getsentry/relay).
 */
const withOldStatus = (of: Fields): Fields =>
  of['status'] === 'unknown' ? { ...of, status: 'unknown_error' } : of

const withTextEnd = (timed: Fields): Fields => {
  const seconds = timed['timestamp']
  if (typeof seconds !== 'number') return timed
  const micros = Math.round(seconds * 1e6)
  const [toSecond] = new Date(Math.floor(micros / 1e3)).toISOString().split('.')
  return { ...timed, timestamp: `${toSecond}.${String(micros % 1e6).padStart(6, '0')}Z` }
}
