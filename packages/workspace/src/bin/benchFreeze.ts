/** `benchFreeze`: writes the reference data again, and prints the hashes to be frozen in `bench/Reference.ts`. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { generate } from '../bench/generate.ts'
import * as Reference from '../bench/Reference.ts'

const { requests, transactions } = generate()
mkdirSync(Reference.folder, { recursive: true })
for (const [name, values] of [
  [Reference.REQUESTS, requests],
  [Reference.TRANSACTIONS, transactions],
] as const) {
  const text = `${values.map((value) => JSON.stringify(value)).join('\n')}\n`
  writeFileSync(new URL(name, Reference.folder), gzipSync(text, { level: 9 }))
  console.log(name, text.length, createHash('sha256').update(text).digest('hex'))
}
