/**
 * One line of a V8 stack, `at async Checkout.pay [as run] (/srv/shop.js:31:41)`, and the similar lines of Bun, Deno and
 * Hermes. Source: V8's `JSStackFrame::ToString` and recorded output of the others.
 */
import * as StackFrame from '../StackFrame.ts'
import * as ScriptLocation from './scriptLocation.ts'

// model

/** In characters. */
const MAX_NAME = 1024

/** The number of nested `eval` calls that are followed to a file. */
const MAX_EVALS = 20

// decoding

/** The frame of a line without its indentation; `undefined` for any other line, also for prose that starts with `at`. */
export const parse = (line: string): StackFrame.StackFrame | undefined => {
  if (!line.startsWith('at ')) return undefined
  const call = line.startsWith('async ', 3) && line[9] !== '(' ? line.slice(9) : line.slice(3)
  if (!call.endsWith(')')) {
    // An open bracket shows that the line was cut.
    if (call.lastIndexOf(' (') > call.lastIndexOf(')')) return undefined
    const fields =
      call === '<anonymous>'
        ? { filename: call }
        : (ScriptLocation.positioned(call) ?? ScriptLocation.wasm(call))
    return fields && StackFrame.make({ function: '?', ...fields })
  }
  const open = call.indexOf(' (')
  if (open <= 0 || open > MAX_NAME) return undefined
  const fields = locationOf(call.slice(open + 2, -1), MAX_EVALS)
  return fields && StackFrame.make({ function: functionOf(call.slice(0, open)), ...fields })
}

const functionOf = (name: string): string =>
  name === '<anonymous>' ? '?' : name.replace(/\.<anonymous>$/, '.?')

const locationOf = (location: string, evalsLeft: number): StackFrame.FrameFields | undefined => {
  if (location.startsWith('eval at ') && evalsLeft > 0) return evaluated(location, evalsLeft)
  if (location === '<anonymous>' || location === 'native') return { filename: location }
  if (/^index \d{1,9}$/.test(location)) return { filename: '<anonymous>' }
  // Bun writes these for built-in code.
  if (location === 'unknown' || location === ':0') return {}
  const bundled = location.startsWith('address at ')
    ? location.slice('address at '.length)
    : location
  return (
    ScriptLocation.positioned(bundled) ??
    ScriptLocation.wasm(bundled) ??
    ScriptLocation.unpositioned(bundled)
  )
}

/** `eval at F (location), <anonymous>:1:2`: only the location of the innermost `eval` call exists in a file. */
const evaluated = (location: string, evalsLeft: number): StackFrame.FrameFields | undefined => {
  const open = location.indexOf(' (')
  const close = location.lastIndexOf('), ')
  return open < 0 || close < open
    ? undefined
    : locationOf(location.slice(open + 2, close), evalsLeft - 1)
}
