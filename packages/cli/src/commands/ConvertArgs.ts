/** The arguments of `convert`. */
import { parseArgs } from 'node:util'
import * as Environment from '@sentry-exporter/core/Environment'
import * as E from '#fp-ts/Either'

// model

export interface ConvertArgs {
  readonly files: ReadonlyArray<string>
  /** Forced on every event. */
  readonly environment: string | undefined
  /** Whose words are used: ours, or those of the Collector's exporter. */
  readonly mapping: 'sentry' | 'collector'
  /** Most spans below the root of one transaction. */
  readonly maxSpans: number
  /** Where envelopes are written; printed where there is none. */
  readonly out: string | undefined
  /** Puts the spans into another order, the same for the same seed. */
  readonly shuffle: number | undefined
  /** Deals the spans anew into arrivals of this many. */
  readonly batch: number | undefined
  readonly help: boolean
}

// constructors

/** What Sentry's own SDKs hold one transaction to. */
const DEFAULT_MAX_SPANS = 1000

// decoding

/** From the words after `convert`; a text says what is wrong with them. */
export const parse = (words: ReadonlyArray<string>): E.Either<string, ConvertArgs> => {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...words],
        allowPositionals: true,
        options: {
          environment: { type: 'string' },
          mapping: { type: 'string' },
          'max-spans': { type: 'string' },
          out: { type: 'string' },
          shuffle: { type: 'string' },
          batch: { type: 'string' },
          help: { type: 'boolean', short: 'h' },
        },
      }),
    (error) => (error instanceof Error ? error.message : String(error)),
  )
  if (E.isLeft(parsed)) return parsed
  const { values, positionals } = parsed.right
  const maxSpans = values['max-spans'] ?? String(DEFAULT_MAX_SPANS)
  const { shuffle, batch } = values
  for (const [name, least, text] of [
    ['--max-spans', 1, maxSpans],
    ['--shuffle', 0, shuffle],
    ['--batch', 1, batch],
  ] as const) {
    if (text !== undefined && (!/^\d{1,9}$/.test(text) || Number(text) < least)) {
      return E.left(`${name}: expected a whole number from ${least}, got ${JSON.stringify(text)}`)
    }
  }
  const { environment, mapping = 'sentry', out, help = false } = values
  if (mapping !== 'sentry' && mapping !== 'collector') {
    return E.left(`--mapping: expected sentry or collector, got ${JSON.stringify(mapping)}`)
  }
  if (environment !== undefined && Environment.repair(environment) !== environment) {
    return E.left(
      '--environment: expected at most 64 characters without spaces and slashes, and not "none"',
    )
  }
  if (out === '') return E.left('--out: expected a folder')
  if (positionals.length === 0 && !help) return E.left('no file')
  return E.right({
    files: positionals,
    environment,
    mapping,
    maxSpans: Number(maxSpans),
    out,
    shuffle: shuffle === undefined ? undefined : Number(shuffle),
    batch: batch === undefined ? undefined : Number(batch),
    help,
  })
}

// destructors

export const USAGE: string = `Usage: sentry-exporter convert [--environment E] [--mapping M] [--max-spans N] [--out DIR] [--shuffle SEED] [--batch N] FILE...

Reads OTLP JSON files in the given order as one stream, and turns their spans into Sentry envelopes.

  --environment E   the environment of every event, whatever the spans say
  --mapping M       sentry (the default), or collector: as the OpenTelemetry Collector's exporter named things until 0.144
  --max-spans N     most spans below the root of one transaction (${DEFAULT_MAX_SPANS})
  --out DIR         write DIR/00001.envelope and so on; without it, print them for reading
  --shuffle SEED    put the spans of all files into another order, to see that it makes no difference
  --batch N         let the spans arrive N at a time instead of file by file

The last line on standard error is a JSON object: spansIn, spansOut, traces, transactions, errors, losses.
Ends with 0; with 1 when some input was rejected; with 2 when nothing could be read.
`
