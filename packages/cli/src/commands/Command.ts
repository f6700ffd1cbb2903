/** One command of the program. Parsing of arguments, `--help` and the messages about wrong arguments are the same for all. */

import { parseArgs } from 'node:util'
import { withoutCredentials } from '@sentry-exporter/envelope/withoutCredentials'
import * as E from '#fp-ts/Either'
import * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import type { ExitCode } from '../ExitCode.ts'

// model

/** Options by their names without dashes. */
export type Values = Readonly<Record<string, string | boolean | ReadonlyArray<string> | undefined>>

export interface Command<A> {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  readonly usage: string
  /** `strings` may be given several times. */
  readonly options: Readonly<Record<string, 'string' | 'boolean' | 'strings'>>
  readonly takesFiles: boolean
  /** A message in place of that of the parser, which quotes its input: for input that may be secret. */
  readonly misuse?: string
  /** The arguments of `run`, or a message. `files` are the words that are not options. */
  readonly decode: (values: Values, files: ReadonlyArray<string>) => E.Either<string, A>
  readonly run: (args: A, capabilities: Capabilities) => T.Task<ExitCode>
}

/** A command with its arguments bound to its parser. */
export interface Bound {
  readonly name: string
  readonly summary: string
  /** Runs with the words that follow the name of the command. */
  readonly run: (words: ReadonlyArray<string>) => (capabilities: Capabilities) => T.Task<ExitCode>
}

const ADDRESS = /^[a-z][a-z\d+.-]*:\/\//i

const SHORT = /^[\w.-]{0,20}$/

// decoding

/** The value of an option that takes text. */
export const textOf = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** The values of an option that may be given several times, in their order. */
export const textsOf = (values: Values, name: string): ReadonlyArray<string> => {
  const value = values[name]
  return typeof value === 'object' ? value : []
}

/** The value of an option that takes a whole number from `min` to `max`; `undefined` where it is not given. */
export const wholeOf = (
  values: Values,
  name: string,
  [min, max]: readonly [min: number, max: number],
): E.Either<string, number | undefined> => {
  const text = textOf(values, name)
  if (text === undefined) return E.right(undefined)
  if (/^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max) {
    return E.right(Number(text))
  }
  // A long value may be a DSN in the wrong place: it is not repeated.
  const got = SHORT.test(text) ? `, got "${text}"` : ''
  return E.left(`--${name}: expected a whole number from ${min} to ${max}${got}`)
}

// running

/** Binds a command to the parser of its arguments. */
export const bind = <A>(command: Command<A>): Bound => ({
  name: command.name,
  summary: command.summary,
  run: (words) => (capabilities) => {
    const parsed = parse(command, words)
    if (E.isRight(parsed) && parsed.right.values['help'] === true) {
      capabilities.stdout(command.usage)
      return T.of<ExitCode>(0)
    }
    const args = E.isLeft(parsed)
      ? parsed
      : command.decode(parsed.right.values, parsed.right.positionals)
    if (E.isRight(args)) return command.run(args.right, capabilities)
    // A DSN may be given in the place of an option.
    capabilities.stderr(`${withoutCredentials(args.left)}\n\n${command.usage}`)
    return T.of<ExitCode>(2)
  },
})

interface Parsed {
  readonly values: Values
  readonly positionals: ReadonlyArray<string>
}

const parse = <A>(
  { options, takesFiles, misuse }: Command<A>,
  words: ReadonlyArray<string>,
): E.Either<string, Parsed> =>
  E.tryCatch(
    () => {
      const { values, positionals } = parseArgs({
        args: [...words],
        allowPositionals: takesFiles,
        options: {
          ...Object.fromEntries(
            Object.entries(options).map(([name, type]) => [
              name,
              type === 'strings'
                ? { type: 'string' as const, multiple: true }
                : { type, multiple: false },
            ]),
          ),
          help: { type: 'boolean', short: 'h' },
        },
      })
      // A DSN in the place of a file would be printed with its secret as a file that does not exist.
      if (positionals.some((word) => ADDRESS.test(word))) {
        throw new Error('expected files, got an address; a DSN belongs into --dsn or SENTRY_DSN')
      }
      // Only options that may be given several times have lists, and these are of texts.
      return { values: values as Values, positionals }
    },
    (error) => misuse ?? (error instanceof Error ? error.message : String(error)),
  )
