/** `sink`: a stand-in for Sentry that stays up until it is told to end. */
import type * as Envelope from '@sentry-exporter/envelope/Envelope'
import * as E from '#fp-ts/Either'
import { pipe } from '#fp-ts/function'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'
import { headline } from '../sink/headline.ts'
import * as SinkArgs from './SinkArgs.ts'

// running

export const sink =
  (words: ReadonlyArray<string>) =>
  (capabilities: Capabilities): T.Task<ExitCode> =>
  async () =>
    pipe(
      SinkArgs.parse(words),
      E.match(
        (problem): ExitCode | Promise<ExitCode> => {
          capabilities.stderr(`${problem}\n\n${SinkArgs.USAGE}`)
          return 2
        },
        (args) => {
          if (!args.help) return run(args, capabilities)
          capabilities.stdout(SinkArgs.USAGE)
          return 0
        },
      ),
    )

const run = async ({ port }: SinkArgs.SinkArgs, capabilities: Capabilities): Promise<ExitCode> => {
  let envelopes = 0
  let latest: ReadonlyArray<string> = []
  const opened = await capabilities.openSink({
    port: port ?? SinkArgs.DEFAULT_PORT,
    isPortFixed: port !== undefined,
    onEnvelope: (envelope: Envelope.Envelope) => {
      const line = headline(envelope)
      envelopes++
      latest = [...latest, line].slice(-MAX_LINES)
      capabilities.stdout(`${line}\n`)
    },
    page: () => [`${envelopes} envelopes came.`, '', ...latest, ''].join('\n'),
  })()
  if (E.isLeft(opened)) {
    capabilities.stderr(`${opened.left}\n`)
    return 2
  }
  const { url, dsn, hasViewer, refused, close } = opened.right
  const look = hasViewer
    ? 'open the address in a browser to see what comes'
    : 'not installed (@spotlightjs/spotlight): the address shows lines'
  capabilities.stdout(`sink    ${url}\ndsn     ${dsn}\nviewer  ${look}\n\n`)
  await capabilities.interrupted()
  await close()
  capabilities.stdout(`\n${envelopes} envelopes, ${refused()} requests refused\n`)
  return 0
}

/** Lines that the page without a viewer shows. */
const MAX_LINES = 200
