/**
 * Regular expressions of Go (RE2) as those of JavaScript, in the part of the syntax that both have. Source: `regexp/syntax` of Go.
 */

/** Classes by name, quoting, and flags in the middle: JavaScript has no such syntax, or another meaning for it. */
const UNSUPPORTED = /\[\[:|\\[pPQEzCx]|(?<!^)\(\?[a-zA-Z-]+[):]/

const START_FLAGS = /^\(\?([ims]+)\)/

/** `undefined` if the text is no expression, or one that JavaScript would read in another way. */
export const goExpression = (text: string): RegExp | undefined => {
  const flags = START_FLAGS.exec(text)?.[1] ?? ''
  const pattern = text.replace(START_FLAGS, '')
  if (UNSUPPORTED.test(pattern)) return undefined
  try {
    return new RegExp(
      pattern.replaceAll('(?P<', '(?<').replaceAll('\\A', '^'),
      [...new Set(flags)].join(''),
    )
  } catch {
    return undefined
  }
}
