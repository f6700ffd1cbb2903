/** The arguments of `convert`. */
import { parseArgs } from 'node:util'
import * as Environment from '@sentry-exporter/core/Environment'
import * as E from '#fp-ts/Either'

// model

export interface ConvertArgs {
  readonly files: ReadonlyArray<string>
  /** Forced on every event. */
  readonly environment: string | undefined
  /** Most spans below the root of one transaction. */
  readonly maxSpans: number
  /** Where envelopes are written; printed where there is none. */
  readonly out: string | undefined
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
          'max-spans': { type: 'string' },
          out: { type: 'string' },
          help: { type: 'boolean', short: 'h' },
        },
      }),
    (error) => (error instanceof Error ? error.message : String(error)),
  )
  if (E.isLeft(parsed)) return parsed
  const { values, positionals } = parsed.right
  const maxSpans = values['max-spans'] ?? String(DEFAULT_MAX_SPANS)
  if (!/^[1-9]\d{0,8}$/.test(maxSpans)) {
    return E.left(`--max-spans: expected a whole number from 1, got ${JSON.stringify(maxSpans)}`)
  }
  const { environment, out, help = false } = values
  if (environment !== undefined && Environment.mend(environment) !== environment) {
    return E.left(
      '--environment: expected at most 64 characters without spaces and slashes, and not "none"',
    )
  }
  if (out === '') return E.left('--out: expected a folder')
  if (positionals.length === 0 && !help) return E.left('no file')
  return E.right({ files: positionals, environment, maxSpans: Number(maxSpans), out, help })
}

// destructors

export const USAGE: string = `Usage: sentry-exporter convert [--environment E] [--max-spans N] [--out DIR] FILE...

Reads OTLP JSON files in the given order as one stream, and turns their spans into Sentry envelopes.

  --environment E   the environment of every event, whatever the spans say
  --max-spans N     most spans below the root of one transaction (${DEFAULT_MAX_SPANS})
  --out DIR         write DIR/00001.envelope and so on; without it, print them for reading

The last line on standard error is a JSON object: spansIn, spansOut, traces, transactions, errors, losses.
Ends with 0; with 1 when some input was rejected; with 2 when nothing could be read.
`
