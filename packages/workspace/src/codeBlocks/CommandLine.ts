/**
 * A call of `sentry-exporter` in a document: in a block of a shell, or in an indented block. Its arguments are parsed by the
 * command itself, whose effects are left out: it reads no file and opens no connection.
 */
import { type Capabilities, main } from '@sentry-exporter/cli'
import * as E from '#fp-ts/Either'
import * as Fence from './Fence.ts'

// model

export interface CommandLine {
  readonly path: string
  readonly line: number
  /** The words after `sentry-exporter`. */
  readonly words: ReadonlyArray<string>
}

const SHELLS: ReadonlySet<string> = new Set(['', 'sh', 'bash', 'console'])

/** The start of the words in a line, not in a path or a name: `bin/sentry-exporter.js`, `@sentry-exporter/cli`. */
const CALL = /(?:^|[ (`])sentry-exporter((?: .*)?)$/

/** A quoted text, a word, or the end of a command. */
const TOKEN = /"((?:\\.|[^"\\])*)"|'([^']*)'|([|;&<>#)])|((?:\\.|[^\s"'|;&<>#)\\])+)|(\s+)/gs

// decoding

/** The calls in a document, in their order. */
export const parse = (path: string, document: string): ReadonlyArray<CommandLine> => [
  ...Fence.parse(path, document)
    .filter(({ language }) => SHELLS.has(language))
    .flatMap(({ line, text }) => callsIn({ path, line }, text)),
  ...callsIn({ path, line: 1 }, indentedOf(document)),
]

/** The document with empty lines in the place of all that is no indented block. */
const indentedOf = (document: string): string =>
  document
    .replace(/^([ \t]*)```.*?^\1```[ \t]*$/gms, (fence) => fence.replace(/[^\n]/g, ''))
    .replace(/^(?! {4}).*$/gm, '')

const callsIn = (
  { path, line }: Pick<CommandLine, 'path' | 'line'>,
  text: string,
): ReadonlyArray<CommandLine> =>
  text.split('\n').flatMap((_, index, lines) => {
    // A line that another one continues is part of that one.
    if (lines[index - 1]?.endsWith('\\') === true) return []
    const [, words] = CALL.exec(joined(lines.slice(index))) ?? []
    return words === undefined ? [] : [{ path, line: line + index, words: wordsOf(words) }]
  })

/** The first line with those that continue it. */
const joined = ([first = '', ...rest]: ReadonlyArray<string>): string =>
  first.endsWith('\\') ? `${first.slice(0, -1)}${joined(rest)}` : first

/** The words of a command, as a shell reads them. Variables stay as they are. */
const wordsOf = (text: string): ReadonlyArray<string> => {
  const words: Array<string> = []
  let isNew = true
  for (const [, double, single, end, plain, blank] of text.matchAll(TOKEN)) {
    if (end !== undefined) break
    if (blank !== undefined) {
      isNew = true
      continue
    }
    const piece = single ?? (double ?? plain ?? '').replace(/\\(.)/gs, '$1')
    if (isNew) words.push(piece)
    else words.push(`${words.pop()}${piece}`)
    isNew = false
  }
  return words
}

// running

/** The message of the command about its arguments; `undefined` if it accepts them. */
export const problemOf = async ({ words }: CommandLine): Promise<string | undefined> => {
  let printed = ''
  await main(words)({
    ...inert,
    stderr: (text) => {
      printed += text
    },
  })()
  return printed.includes('Usage: sentry-exporter') ? printed.split('\n')[0] : undefined
}

const refused = (): (() => Promise<E.Either<string, never>>) => async () => E.left('not here')

/** Every effect fails. */
const inert: Capabilities = {
  readFile: (path) => async () => E.left({ path, reason: 'not here' }),
  writeFile: (path) => async () => E.left({ path, reason: 'not here' }),
  prepareFolder: (path) => async () => E.left({ path, reason: 'not here' }),
  isTerminal: false,
  stdout: () => undefined,
  stderr: () => undefined,
  openSink: refused,
  check: () => async () => ({ _tag: 'Unreachable', reason: 'not here' }),
  send: refused,
  loadConfig: () => async () => E.left(['not here']),
  startGateway: () => async () => E.left(['not here']),
  variable: () => 'https://key@sentry.example.com/42',
  interrupted: async () => undefined,
  onHangup: () => undefined,
}
