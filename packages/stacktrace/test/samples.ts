/** The recorded stack traces: `LANGUAGE/CASE.txt`, the attributes that were sent with it, and the frames that a person expects. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Source } from '../src/Parser.ts'

export interface Sample {
  readonly name: string
  readonly source: Source
  readonly expected: ReadonlyArray<unknown>
}

const folder = new URL('./fixtures/', import.meta.url)

const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

const sample = (name: string): Sample => {
  const attributes: Record<string, string> = JSON.parse(read(`${name}.attrs.json`))
  return {
    name,
    source: {
      type: attributes['exception.type'],
      message: attributes['exception.message'],
      stacktrace: read(`${name}.txt`),
      language: attributes['telemetry.sdk.language'],
    },
    expected: JSON.parse(read(`${name}.expected.json`)),
  }
}

export const samples: ReadonlyArray<Sample> = readdirSync(folder).flatMap((language) =>
  readdirSync(new URL(`${language}/`, folder))
    .filter((file) => file.endsWith('.txt'))
    .map((file) => sample(`${language}/${file.slice(0, -'.txt'.length)}`)),
)
