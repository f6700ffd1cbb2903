/** The program: the first word names a command, the rest is the command's. */
import * as T from '#fp-ts/Task'
import type { Capabilities } from './Capabilities.ts'
import { check } from './commands/check.ts'
import { convert } from './commands/convert.ts'
import { explain } from './commands/explain.ts'
import { sink } from './commands/sink.ts'
import type { ExitCode } from './ExitCode.ts'

// model

/** A command takes what stands after its name. */
export type Command = (
  args: ReadonlyArray<string>,
) => (capabilities: Capabilities) => T.Task<ExitCode>

// running

export const main: Command =
  ([name, ...args]) =>
  (capabilities) => {
    const command = name === undefined ? undefined : COMMANDS.get(name)
    if (command !== undefined) return command(args)(capabilities)
    const isHelp = name === '--help' || name === '-h' || name === 'help'
    if (isHelp) capabilities.stdout(USAGE)
    else {
      const problem = name === undefined ? 'no command' : `unknown command ${JSON.stringify(name)}`
      capabilities.stderr(`${problem}\n\n${USAGE}`)
    }
    return T.of<ExitCode>(isHelp ? 0 : 2)
  }

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['check', check],
  ['convert', convert],
  ['explain', explain],
  ['sink', sink],
])

const USAGE = `Usage: sentry-exporter COMMAND

Commands:
  check     whether a DSN works
  convert   OpenTelemetry traces in OTLP JSON files become Sentry envelopes
  explain   why the traces in OTLP JSON files become the transactions they become
  sink      a stand-in for Sentry on this machine, with a viewer

sentry-exporter COMMAND --help tells more.
`
