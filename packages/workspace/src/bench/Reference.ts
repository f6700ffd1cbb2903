/**
 * The reference data of the bench: checked in, and frozen by the hash of its text, so that fatter output of ours can
 * never raise the floor it is measured against.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

// model

export interface Reference {
  /** Bodies of OTLP requests of 500 spans each. */
  readonly requests: ReadonlyArray<string>
  /** The transactions that a lean exporter would make of the same spans, parsed. */
  readonly transactions: ReadonlyArray<unknown>
  readonly spans: number
}

// constructors

export const REQUESTS = 'otlp-requests.jsonl.gz'

export const TRANSACTIONS = 'transactions.jsonl.gz'

export const folder: URL = new URL('../../fixtures/bench/', import.meta.url)

/** SHA-256 of the uncompressed texts. */
const HASHES: Readonly<Record<string, string>> = {
  [REQUESTS]: '82ea546f111dfe79c1c8871c178007cb5c1c3bd6d1f0325f68a1828f8e0cad23',
  [TRANSACTIONS]: '7c9992325c3d49b0dc8414e47eb0867f2225c9680b91c553d3f56d503c30d51f',
}

/** Throws if a file is not the one that was frozen. */
export const read = (): Reference => {
  const requests = lines(REQUESTS)
  return {
    requests,
    transactions: lines(TRANSACTIONS).map((line): unknown => JSON.parse(line)),
    spans: requests.length * 500,
  }
}

const lines = (name: string): ReadonlyArray<string> => {
  const text = gunzipSync(readFileSync(new URL(name, folder))).toString('utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  if (hash !== HASHES[name]) throw new Error(`${name} is not the frozen one: its hash is ${hash}`)
  return text.trimEnd().split('\n')
}
