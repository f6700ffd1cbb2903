/** The options of `nodeHttp`, as users write them and with their defaults. */
import { X509Certificate } from 'node:crypto'
import { Range } from '@sentry-exporter/transport'
import * as ConfigError from '@sentry-exporter/transport/ConfigError'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import * as ProxyRules from './ProxyRules.ts'

// model

export interface NodeHttpOptions {
  /** For the whole request, from the first attempt to connect to the status of the response. Milliseconds. */
  readonly timeoutMillis?: number | undefined
  /** Bodies of at least this many bytes are compressed with gzip; `Infinity` for none. */
  readonly gzipFromBytes?: number | undefined
  /** The largest number of connections to one address. */
  readonly connections?: number | undefined
  /** Accepts any certificate, so that anyone on the network path can read and change the data: for tests only. */
  readonly insecureSkipVerify?: boolean | undefined
  /** Trusted certificate authorities in PEM, concatenated. They replace those of Node. */
  readonly ca?: string | undefined
  /** The address of a proxy, or `false` for none. Default: from the environment. */
  readonly proxy?: string | false | undefined
  /** Receives warnings. Default: `process.emitWarning`. */
  readonly warn?: ((message: string) => void) | undefined
}

export interface NodeOptions {
  readonly timeoutMillis: number
  readonly gzipFromBytes: number
  readonly connections: number
  readonly insecureSkipVerify: boolean
  readonly ca: string | undefined
  readonly proxy: string | false | undefined
  readonly warn: (message: string) => void
}

// decoding

/** An interface is no record of unknown values for the compiler. Nothing is read yet, because getters may throw. */
const recordOf = (input: NodeHttpOptions): Readonly<Record<string, unknown>> =>
  input as Readonly<Record<string, unknown>>

/** Throws one error with all problems. */
export const decode = (input: NodeHttpOptions): NodeOptions => {
  if (typeof input !== 'object' || input === null) {
    throw ConfigError.toError(ConfigError.of([{ _tag: 'NotAnObject' }]), 'nodeHttp')
  }
  const { get, problems } = ConfigOption.read(recordOf(input), Object.keys(OPTIONS))
  const options: NodeOptions = {
    timeoutMillis: get(OPTIONS.timeoutMillis) ?? 30_000,
    gzipFromBytes: get(OPTIONS.gzipFromBytes) ?? 4 * 1024,
    connections: get(OPTIONS.connections) ?? 8,
    insecureSkipVerify: get(OPTIONS.insecureSkipVerify) ?? false,
    ca: get(OPTIONS.ca),
    proxy: get(OPTIONS.proxy),
    warn: get(OPTIONS.warn) ?? ((message) => process.emitWarning(message)),
  }
  if (problems.length > 0) throw ConfigError.toError(ConfigError.of(problems), 'nodeHttp')
  return options
}

const isPem = (text: string): boolean => {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return false
  try {
    return new X509Certificate(text).subject !== undefined
  } catch {
    return false
  }
}

const proxy: ConfigOption.ValueGuard<string | false> = {
  is: (value): value is string | false =>
    value === false || (typeof value === 'string' && ProxyRules.isAddress(value)),
}

const OPTIONS = ConfigOption.named({
  timeoutMillis: ConfigOption.whole(Range.timeLimit),
  gzipFromBytes: ConfigOption.bytesOrNever,
  connections: ConfigOption.whole(Range.count),
  insecureSkipVerify: ConfigOption.boolean,
  ca: {
    guard: ConfigOption.where(ConfigOption.string.guard, isPem),
    expected: 'certificates in PEM; not the name of a file',
  },
  proxy: {
    guard: proxy,
    expected: `${ProxyRules.EXPECTED}, or false`,
  },
  warn: ConfigOption.callback<(message: string) => void>(),
})
