/**
 * One line of a V8 stack: `at async Checkout.pay [as run] (/srv/shop.js:31:41)`, and what Bun, Deno and Hermes print
 * in its likeness. Source: V8's `JSStackFrame::ToString` and recorded output of the others.
 */
import * as StackFrame from '../StackFrame.ts'
import * as ScriptPlace from './scriptLocation.ts'

// decoding

/** The frame of a line without its indentation; `undefined` for any other line, prose with an `at` included. */
export const parse = (line: string): StackFrame.StackFrame | undefined => {
  if (!line.startsWith('at ')) return undefined
  const call = line.startsWith('async ', 3) && line[9] !== '(' ? line.slice(9) : line.slice(3)
  if (!call.endsWith(')')) {
    // A bracket that nothing closes: the line was cut.
    if (call.lastIndexOf(' (') > call.lastIndexOf(')')) return undefined
    const place =
      call === '<anonymous>'
        ? { filename: call }
        : (ScriptPlace.positioned(call) ?? ScriptPlace.wasm(call))
    return place && StackFrame.make({ function: '?', ...place })
  }
  const open = call.indexOf(' (')
  if (open <= 0 || open > MAX_NAME) return undefined
  const place = placeOf(call.slice(open + 2, -1), MAX_EVALS)
  return place && StackFrame.make({ function: nameOf(call.slice(0, open)), ...place })
}

const MAX_NAME = 1024
const MAX_EVALS = 20

const nameOf = (name: string): string =>
  name === '<anonymous>' ? '?' : name.replace(/\.<anonymous>$/, '.?')

const placeOf = (place: string, evalsLeft: number): StackFrame.FrameFields | undefined => {
  if (place.startsWith('eval at ') && evalsLeft > 0) return evaluated(place, evalsLeft)
  if (place === '<anonymous>' || place === 'native') return { filename: place }
  if (/^index \d{1,9}$/.test(place)) return { filename: '<anonymous>' }
  // Bun, of code that is built in.
  if (place === 'unknown' || place === ':0') return {}
  const bundled = place.startsWith('address at ') ? place.slice('address at '.length) : place
  return (
    ScriptPlace.positioned(bundled) ??
    ScriptPlace.wasm(bundled) ??
    ScriptPlace.unpositioned(bundled)
  )
}

/** `eval at F (place), <anonymous>:1:2`: the place of the innermost `eval` call is the one that exists. */
const evaluated = (place: string, evalsLeft: number): StackFrame.FrameFields | undefined => {
  const open = place.indexOf(' (')
  const close = place.lastIndexOf('), ')
  return open < 0 || close < open ? undefined : placeOf(place.slice(open + 2, close), evalsLeft - 1)
}
