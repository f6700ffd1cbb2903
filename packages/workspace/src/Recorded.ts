/** Recorded OTLP requests of a small shop, in the order in which they arrived. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// model

export interface Recording {
  /**
   * `shop-old-json` and `shop-new-json`: two recordings of the same requests. Instrumentations were asked for the older and
   * for the stable conventions, but those of HTTP and databases speak the stable ones only.
   */
  readonly name: string
  readonly files: ReadonlyArray<string>
}

// constructors

const folder = (name: string, path: string): Recording => {
  const home = fileURLToPath(new URL(`../../../${path}`, import.meta.url))
  return {
    name,
    files: readdirSync(home)
      .filter((file) => file.endsWith('-traces.json'))
      .sort()
      .map((file) => join(home, file)),
  }
}

export const all: ReadonlyArray<Recording> = [
  folder('shop-old-json', 'packages/workspace/fixtures/recorded/shop-old-json'),
  folder('shop-new-json', 'examples/demo/otlp'),
]

// folds

/** The bodies of the requests. */
export const bodies = ({ files }: Recording): ReadonlyArray<string> =>
  files.map((file) => readFileSync(file, 'utf8'))

/** The time at which the last span of a recording ended, in milliseconds since 1970: a clock that shows it finds all of it fresh. */
export const endMillis = (recorded: Recording): number =>
  Number(bodies(recorded).map(newestNanos).reduce(later, 0n) / 1_000_000n)

/** The text of a request whose spans ended just now: Sentry takes nothing of last month. */
export const renewed = (body: string, nowMillis: number): string => {
  const shift = BigInt(nowMillis) * 1_000_000n - newestNanos(body)
  return body.replace(NANOS, (field, nanos: string) =>
    field.replace(nanos, String(BigInt(nanos) + shift)),
  )
}

const newestNanos = (body: string): bigint =>
  [...body.matchAll(NANOS)].map(([, nanos = '0']) => BigInt(nanos)).reduce(later, 0n)

const later = (a: bigint, b: bigint): bigint => (a > b ? a : b)

const NANOS = /"\w*[uU]nixNano":\s*"(\d{10,})"/g

/** The requests of metrics of the shop, in protobuf. */
export const metricBodies = (): ReadonlyArray<Uint8Array> => {
  const home = fileURLToPath(new URL('../fixtures/recorded/shop-new-pb', import.meta.url))
  return readdirSync(home)
    .filter((file) => file.endsWith('-metrics.pb'))
    .map((file) => new Uint8Array(readFileSync(join(home, file))))
}
