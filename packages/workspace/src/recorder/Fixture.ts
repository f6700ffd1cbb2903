/** The committed hashes. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Hashes } from './Hashes.ts'

const path = new URL('../../fixtures/recorder/hashes.json', import.meta.url)

// running

export const read = (): Hashes =>
  // Written by the function below.
  JSON.parse(readFileSync(path, 'utf8')) as Hashes

export const write = (hashes: Hashes): void =>
  writeFileSync(path, `${JSON.stringify(hashes, null, 1)}\n`)
