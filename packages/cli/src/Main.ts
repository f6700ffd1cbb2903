/** The program: the first word names a command, the rest are its arguments. */

import { sdk } from '@sentry-exporter/core/Sdk'
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import * as T from '#fp-ts/Task'
import type { Capabilities } from './Capabilities.ts'
import type { Bound } from './commands/Command.ts'
import { check } from './commands/check.ts'
import { convert } from './commands/convert.ts'
import { explain } from './commands/explain.ts'
import { send } from './commands/send.ts'
import { serve } from './commands/serve.ts'
import { sink } from './commands/sink.ts'
import type { ExitCode } from './ExitCode.ts'

// model

const COMMANDS: ReadonlyArray<Bound> = [check, convert, explain, send, serve, sink]

const USAGE = `Usage: sentry-exporter COMMAND

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`).join('\n')}

sentry-exporter COMMAND --help prints its options; sentry-exporter --version prints the version.
`

// running

/**
 * Runs the program with the words of a command line.
 *
 * @example
 * ```ts no-run
 * import { type Capabilities, main } from '@sentry-exporter/cli'
 *
 * declare const capabilities: Capabilities
 *
 * process.exitCode = await main(['explain', 'trace.json'])(capabilities)()
 * ```
 */
export const main =
  ([name, ...words]: ReadonlyArray<string>) =>
  (capabilities: Capabilities): T.Task<ExitCode> => {
    const command = COMMANDS.find((one) => one.name === name)
    if (command !== undefined) return command.run(words)(capabilities)
    if (name === '--version' || name === '-V') {
      capabilities.stdout(`${sdk.version}\n`)
      return T.of<ExitCode>(0)
    }
    const isHelp = name === '--help' || name === '-h' || name === 'help'
    if (isHelp) capabilities.stdout(USAGE)
    else {
      const problem =
        name === undefined
          ? 'no command'
          : `unknown command ${JSON.stringify(withoutCredentials(name))}`
      capabilities.stderr(`${problem}\n\n${USAGE}`)
    }
    return T.of<ExitCode>(isHelp ? 0 : 2)
  }
