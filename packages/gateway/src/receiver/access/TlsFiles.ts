/**
 * The certificates of a server. Files are read again when they change; a change that cannot be used leaves the former certificates in
 * use.
 */

import { unwatchFile, watchFile } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions, type TlsOptions } from 'node:tls'
import * as E from '#fp-ts/Either'
import type { PemSource, TlsConfig } from '../../config/ReceiverConfig.ts'
import type { ListenError } from '../Listener.ts'

// model

type Loaded = E.Either<ListenError, TlsOptions>

/** A server whose certificates can be replaced. */
interface SecureServer {
  readonly setSecureContext: (options: SecureContextOptions) => void
}

/** The certificates of a server at work. */
export interface Certificates {
  /** Reads other settings, or the same again. The result puts them into use for new connections. */
  readonly prepare: (config: TlsConfig) => Promise<E.Either<ListenError, () => void>>
  /** Reads no file any more. */
  readonly stop: () => void
}

/**
 * Files are compared by their times and sizes. Notifications of the file system do not report the replaced symbolic links of a
 * Kubernetes secret.
 */
const DEFAULT_INTERVAL_MILLIS = 5_000

/** A client that does not finish the handshake is disconnected. */
const HANDSHAKE_TIMEOUT_MILLIS = 10_000

// constructors

/** Reads and checks everything. */
export const load = async (config: TlsConfig): Promise<Loaded> => {
  const sources = [config.cert, config.key, ...(config.clientCa ? [config.clientCa] : [])]
  const [cert, key, ca] = await Promise.all(sources.map(readPem))
  if (cert === undefined || E.isLeft(cert)) return cert ?? E.left(invalid('no certificate'))
  if (key === undefined || E.isLeft(key)) return key ?? E.left(invalid('no key'))
  if (ca !== undefined && E.isLeft(ca)) return ca
  const options: TlsOptions = {
    cert: cert.right,
    key: key.right,
    minVersion: config.minVersion,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MILLIS,
    ...(config.maxVersion === undefined ? {} : { maxVersion: config.maxVersion }),
    ...(ca === undefined ? {} : { ca: ca.right, requestCert: true, rejectUnauthorized: true }),
  }
  const problem = problemOf(options)
  return problem === undefined ? E.right(options) : E.left(invalid(problem))
}

const invalid = (reason: string): ListenError => ({ _tag: 'TlsInvalid', reason })

const readPem = async (source: PemSource): Promise<E.Either<ListenError, string>> => {
  if (source._tag === 'Text') return E.right(source.pem)
  const { path } = source
  try {
    return E.right(await readFile(path, 'utf8'))
  } catch (cause) {
    return E.left({ _tag: 'TlsFileUnreadable', path, code: codeOf(cause) })
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)

/** The message of OpenSSL names the step that failed; it contains nothing of the key. */
const problemOf = (options: TlsOptions): string | undefined => {
  try {
    createSecureContext(options)
    return undefined
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

// running

/** Keeps the certificates of the server up to date until `stop`. */
export const watch = (
  first: TlsConfig,
  server: SecureServer,
  onChange: (error: ListenError | undefined) => void,
  intervalMillis: number = DEFAULT_INTERVAL_MILLIS,
): Certificates => {
  let config = first
  const reload = async (): Promise<void> => {
    const used = config
    const loaded = await load(used)
    // Other settings came into use meanwhile.
    if (used !== config) return
    if (E.isRight(loaded)) server.setSecureContext(loaded.right)
    onChange(E.isLeft(loaded) ? loaded.left : undefined)
  }
  const listener = (): void => void reload()
  const stop = (): void => {
    for (const path of pathsOf(config)) unwatchFile(path, listener)
  }
  const start = (): void => {
    for (const path of pathsOf(config)) {
      watchFile(path, { interval: intervalMillis, persistent: false }, listener)
    }
  }
  start()
  return {
    stop,
    prepare: async (next) => {
      const loaded = await load(next)
      return E.isLeft(loaded)
        ? loaded
        : E.right(() => {
            // A file that is watched already stays so: a change that came after it was read here would not be seen otherwise.
            const isSame = pathsOf(config).join('\n') === pathsOf(next).join('\n')
            if (!isSame) stop()
            config = next
            server.setSecureContext(loaded.right)
            if (!isSame) start()
          })
    },
  }
}

/**
 * Prepares the next settings of a receiver: its certificates, if it has any, and the rest, which `apply` puts into use after
 * them. TLS is neither added nor removed while a receiver listens.
 */
export const preparing =
  <C extends { readonly tls?: TlsConfig | undefined }>(
    certificates: Certificates | undefined,
    apply: (next: C) => void,
  ) =>
  async (next: C): Promise<E.Either<ListenError, () => void>> => {
    const renewed: E.Either<ListenError, () => void> =
      certificates === undefined || next.tls === undefined
        ? E.right(() => undefined)
        : await certificates.prepare(next.tls)
    return E.isLeft(renewed)
      ? renewed
      : E.right(() => {
          renewed.right()
          apply(next)
        })
  }

const pathsOf = ({ cert, key, clientCa }: TlsConfig): ReadonlyArray<string> =>
  [cert, key, clientCa].flatMap((source) => (source?._tag === 'File' ? [source.path] : []))
