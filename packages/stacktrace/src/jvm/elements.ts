/** The elements of a stack without the words around them, as `StackTraceElement.toString` writes each. */
import * as Lines from '../text/Lines.ts'

// decoding

/** `a.b.C.m(File.java:1)` */
const ELEMENT = /^[\w$.<>/@-]{3,1024}\((?:[^()\s]{1,512}|Native Method|Unknown Source)\)$/

/** The elements as lines of a stack trace; `undefined` if a line is no element. */
export const asStack = (text: string): string | undefined => {
  const lines = Lines.split(text).filter((line) => line.trim() !== '')
  return lines.length > 0 && lines.every((line) => ELEMENT.test(line.trim()))
    ? lines.map((line) => `\tat ${line.trim()}`).join('\n')
    : undefined
}
