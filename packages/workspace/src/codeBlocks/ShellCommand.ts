/** The commands in a block of a shell: their words as a shell reads them, and the variables that are set before them. */

// model

export interface ShellCommand {
  /** The line in the block, from 1. */
  readonly line: number
  /** `NAME=VALUE` before the program, or behind `export`. */
  readonly variables: ReadonlyArray<readonly [name: string, value: string]>
  /** The program and its arguments; empty for variables alone. */
  readonly words: ReadonlyArray<string>
}

/** A text in quotes, a comment, the end of a command, a continued line, a blank, or a part of a word. */
const TOKEN =
  /"((?:\\.|[^"\\])*)"|'([^']*)'|((?<!\S)#[^\n]*)|(\n|&&|\|\|?|;)|(\\\n|[^\S\n]+)|((?:\\.|\$\([^)]*\)|[^\s"'\\|;])+)/gs

const VARIABLE = /^([A-Z_a-z][\w]*)=(.*)$/s

// decoding

/** Quoted texts may have several lines. Substitutions stay as they are. */
export const parse = (text: string): ReadonlyArray<ShellCommand> => {
  const commands: Array<ShellCommand> = []
  let words: Array<string> = []
  let isNew = true
  let line = 1
  let start = 1
  const end = (): void => {
    if (words.length > 0) commands.push(commandOf(start, words))
    words = []
    isNew = true
  }
  for (const [whole, double, single, comment, stop, blank, plain] of text.matchAll(TOKEN)) {
    if (words.length === 0) start = line
    line += whole.split('\n').length - 1
    if (comment !== undefined) continue
    if (stop !== undefined) end()
    else if (blank !== undefined) isNew = true
    else {
      const piece = single ?? (double ?? plain ?? '').replace(/\\(.)/gs, '$1')
      if (isNew) words.push(piece)
      else words.push(`${words.pop()}${piece}`)
      isNew = false
    }
  }
  end()
  return commands
}

const commandOf = (line: number, all: ReadonlyArray<string>): ShellCommand => {
  const words = all[0] === 'export' ? all.slice(1) : all
  const first = words.findIndex((word) => !VARIABLE.test(word))
  const count = first < 0 ? words.length : first
  const variables = words.slice(0, count).map((word): readonly [string, string] => {
    const [, name = '', value = ''] = VARIABLE.exec(word) ?? []
    return [name, value]
  })
  return { line, variables, words: words.slice(count) }
}
