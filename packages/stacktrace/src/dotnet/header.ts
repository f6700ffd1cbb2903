/**
 * The headers of .NET exceptions: `Type: message`, several of them in one line with ` ---> ` between.
 *
 * Source: `Exception.ToString` of dotnet/runtime.
 */

// model

export interface DotNetHeader {
  readonly type: string
  readonly value: string
}

/** The header at the start of a text is searched in this number of characters. */
export const MAX_HEADER = 1024

/** The mark between an exception and its inner exception. */
export const MARK = ' ---> '

/** Some types have a code in brackets: `System.Net.Sockets.SocketException (111): Connection refused`. */
const HEADER = /^([^\s:]+)(?: \((?:0x[\da-f]+|-?\d+)\))?(?:: ?|$)/i

// guards

/** Whether a text starts with a type that has a namespace, followed by its message or by nothing. */
export const isHeader = (text: string): boolean => {
  const head = HEADER.exec(text)
  return head !== null && /.\../.test(head[1] ?? '')
}

// decoding

/** The type at the start of a text, and the length up to the message. */
export const typeIn = (
  text: string,
): { readonly type: string; readonly length: number } | undefined => {
  const head = HEADER.exec(text)
  return head === null ? undefined : { type: head[1] ?? '', length: head[0].length }
}

/** The type is empty where the text has none. */
export const parse = (text: string): DotNetHeader => {
  const head = typeIn(text)
  return head === undefined
    ? { type: '', value: text.trim() }
    : { type: head.type, value: text.slice(head.length) }
}

/** The headers in a line, `A: m ---> B: n ---> C: o`. `--->` separates them only if a type follows it. */
export const split = (line: string): ReadonlyArray<string> => {
  const headers: Array<string> = []
  let from = 0
  for (let at = line.indexOf(MARK); at >= 0; at = line.indexOf(MARK, at + MARK.length)) {
    const behind = at + MARK.length
    if (!isHeader(line.slice(behind, behind + MAX_HEADER))) continue
    headers.push(line.slice(from, at))
    from = behind
  }
  return [...headers, line.slice(from)]
}
