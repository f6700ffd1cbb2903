/** The arguments of `convert`. */
import * as Environment from '@sentry-exporter/core/Environment'
import * as Apply from '#fp-ts/Apply'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import * as Command from './Command.ts'

// model

export interface ConvertArgs {
  readonly files: ReadonlyArray<string>
  /** Set on every event. */
  readonly environment: string | undefined
  /** The mapping: ours, or that of the Collector's exporter. */
  readonly mapping: 'sentry' | 'collector'
  /** The most spans below the root of one transaction. */
  readonly maxSpans: number
  /** The folder that envelopes are written to; `undefined` prints them. */
  readonly out: string | undefined
  /** Seed of another order of the spans. */
  readonly shuffle: number | undefined
  /** Spans of one arrival; `undefined` makes each file one arrival. */
  readonly batch: number | undefined
  /** Whether no progress is shown. */
  readonly isQuiet: boolean
}

/** The limit of Sentry's own SDKs. */
const DEFAULT_MAX_SPANS = 1000

const MAX_WHOLE = 999_999_999

/** The options, by name. */
export const options: Command.Command<ConvertArgs>['options'] = {
  environment: 'string',
  mapping: 'string',
  'max-spans': 'string',
  out: 'string',
  shuffle: 'string',
  batch: 'string',
  quiet: 'boolean',
}

export const USAGE: string = `Usage: sentry-exporter convert [--environment E] [--mapping M] [--max-spans N] [--out DIR] [--shuffle SEED] [--batch N] [--quiet] FILE...

Reads OTLP files in the given order as one stream (- is standard input), and converts their spans,
log records and metrics to Sentry envelopes. A file is one request in JSON or protobuf, or several; it may be compressed with gzip.

  --environment E   the environment of every event, in place of that of the resource
  --mapping M       sentry (default), or collector: the names of the OpenTelemetry Collector's exporter up to 0.144
  --max-spans N     the most spans below the root of one transaction (${DEFAULT_MAX_SPANS})
  --out DIR         write DIR/00001.envelope and so on; without it, print the envelopes as text
  --shuffle SEED    change the order of the spans of all files; the result does not depend on it
  --batch N         let the spans arrive N at a time instead of file by file
  --quiet           show no progress

Metrics are counted by name on standard error: their series, their points, and their items, each of which Sentry counts.
The last line there is a JSON object: spansIn, spansOut, traces, transactions, errors, logs, metrics, losses.
Exit code 0: done. 1: some input was rejected. 2: nothing could be read.
`

// decoding

/** The arguments of a command line, or a message. */
export const decode = (
  values: Command.Values,
  files: ReadonlyArray<string>,
): E.Either<string, ConvertArgs> => {
  const { mapping = 'sentry' } = values
  const environment = Command.textOf(values, 'environment')
  const out = Command.textOf(values, 'out')
  if (mapping !== 'sentry' && mapping !== 'collector') {
    return E.left(`--mapping: expected sentry or collector, got ${JSON.stringify(mapping)}`)
  }
  if (environment !== undefined && Environment.repair(environment) !== environment) {
    return E.left(
      '--environment: expected at most 64 characters without spaces and slashes, and not "none"',
    )
  }
  if (out === '') return E.left('--out: expected a folder')
  if (files.length === 0) return E.left('no file')
  return pipe(
    Apply.sequenceS(E.Apply)({
      maxSpans: Command.wholeOf(values, 'max-spans', [1, MAX_WHOLE]),
      shuffle: Command.wholeOf(values, 'shuffle', [0, MAX_WHOLE]),
      batch: Command.wholeOf(values, 'batch', [1, MAX_WHOLE]),
    }),
    E.map(({ maxSpans = DEFAULT_MAX_SPANS, shuffle, batch }) => ({
      files,
      environment,
      mapping,
      maxSpans,
      out,
      shuffle,
      batch,
      isQuiet: values['quiet'] === true,
    })),
  )
}
