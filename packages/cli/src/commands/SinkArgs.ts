/** The arguments of `sink`. */
import { parseArgs } from 'node:util'
import * as E from '#fp-ts/Either'

// model

export interface SinkArgs {
  /** The wanted port; without one the usual is tried first, and then any free one. */
  readonly port: number | undefined
  readonly help: boolean
}

// constructors

/** What Sentry's own viewer for a developer's machine listens on. */
export const DEFAULT_PORT = 8969

// decoding

/** From the words after `sink`; a text says what is wrong with them. */
export const parse = (words: ReadonlyArray<string>): E.Either<string, SinkArgs> => {
  const parsed = E.tryCatch(
    () =>
      parseArgs({
        args: [...words],
        options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      }),
    (error) => (error instanceof Error ? error.message : String(error)),
  )
  if (E.isLeft(parsed)) return parsed
  const { port, help = false } = parsed.right.values
  if (port === undefined) return E.right({ port, help })
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return E.left(`--port: expected a whole number from 0 to 65535, got ${JSON.stringify(port)}`)
  }
  return E.right({ port: Number(port), help })
}

// destructors

export const USAGE: string = `Usage: sentry-exporter sink [--port N]

Stands in for Sentry on this machine: takes envelopes, prints a line for each, and shows them in a browser if the package
@spotlightjs/spotlight is installed beside this one. Listens on 127.0.0.1 only, and stays up until Ctrl-C.

  --port N   listen on this port (0: on any); without it on ${DEFAULT_PORT}, or on any if that is taken

Ends with 0 when it was asked to; with 2 when it could not listen.
`
