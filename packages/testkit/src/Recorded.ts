/** Recorded OTLP requests of a small shop, in the order in which they arrived. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// model

export interface Recorded {
  /** `shop-old-json`: the older semantic conventions; `shop-new-json`: the stable ones. */
  readonly name: string
  readonly files: ReadonlyArray<string>
}

// constructors

const folder = (name: string, path: string): Recorded => {
  const home = fileURLToPath(new URL(`../../../${path}`, import.meta.url))
  return {
    name,
    files: readdirSync(home)
      .filter((file) => file.endsWith('-traces.json'))
      .sort()
      .map((file) => join(home, file)),
  }
}

export const all: ReadonlyArray<Recorded> = [
  folder('shop-old-json', 'packages/testkit/fixtures/recorded/shop-old-json'),
  folder('shop-new-json', 'examples/demo/otlp'),
]

// destructors

/** The bodies of the requests. */
export const bodies = ({ files }: Recorded): ReadonlyArray<string> =>
  files.map((file) => readFileSync(file, 'utf8'))
