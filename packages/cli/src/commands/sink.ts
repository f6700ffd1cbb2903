/** `sink`: a local server that takes Sentry's place until the user ends it. */
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { headline } from '../sink/headline.ts'
import * as Command from './Command.ts'

// model

interface Args {
  /** Without one the default port is tried first, then any free one. */
  readonly port: number | undefined
}

/** The port of Spotlight, Sentry's viewer for development. */
const DEFAULT_PORT = 8969

/** Lines that the page shows where no viewer is installed. */
const MAX_LINES = 200

const USAGE = `Usage: sentry-exporter sink [--port N]

Listens on 127.0.0.1 in place of Sentry: receives envelopes, prints one line for each (metrics by name and value), and shows them in a browser if the package
@spotlightjs/spotlight is installed next to this one. Runs until Ctrl-C.

  --port N   listen on this port (0: any free one); by default on ${DEFAULT_PORT}, or on any free one if that is taken

Exit code 0: it was ended by the user. 2: it could not listen.
`

// decoding

const decode = (values: Command.Values): E.Either<string, Args> =>
  pipe(
    Command.wholeOf(values, 'port', [0, 65_535]),
    E.map((port) => ({ port })),
  )

// running

const run =
  ({ port }: Args, capabilities: Capabilities): T.Task<ExitCode> =>
  async () => {
    let envelopes = 0
    let latest: ReadonlyArray<string> = []
    const opened = await capabilities.openSink({
      port: port ?? DEFAULT_PORT,
      isPortFixed: port !== undefined,
      onEnvelope: (envelope: Envelope.Envelope) => {
        const line = headline(envelope)
        envelopes++
        latest = [...latest, line].slice(-MAX_LINES)
        capabilities.stdout(`${line}\n`)
      },
      onRepeated: (envelope) => capabilities.stdout(`repeated  ${headline(envelope)}\n`),
      page: () => [`${envelopes} envelopes received.`, '', ...latest, ''].join('\n'),
    })()
    if (E.isLeft(opened)) {
      capabilities.stderr(`${opened.left}\n`)
      return 2
    }
    const { url, dsn, hasViewer, refused, repeated, close } = opened.right
    const viewer = hasViewer
      ? 'open the address in a browser to see the envelopes'
      : 'not installed (@spotlightjs/spotlight): the address shows lines of text'
    capabilities.stdout(`sink    ${url}\ndsn     ${dsn}\nviewer  ${viewer}\n\n`)
    await capabilities.interrupted()
    await close()
    const again = repeated() > 0 ? `, ${repeated()} repeated` : ''
    capabilities.stdout(`\n${envelopes} envelopes${again}, ${refused()} requests refused\n`)
    return 0
  }

export const sink: Command.Bound = Command.bind({
  name: 'sink',
  summary: 'a local server that takes the place of Sentry, with a viewer',
  usage: USAGE,
  options: { port: 'string' },
  takesFiles: false,
  decode,
  run,
})
