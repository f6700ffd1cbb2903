/**
 * Stacks of Firefox and Safari: lines of `function@place`, the newest call first, and no header at all.
 *
 * Source: SpiderMonkey's `SavedStacks` and JavaScriptCore's `StackFrame::toString`, and recorded output of both.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Source } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import * as Lines from '../text/Lines.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import * as ScriptPlace from './scriptLocation.ts'

// decoding

/** What a line says: a frame, and whether only JavaScriptCore writes such a line. */
export interface Line {
  readonly frame: StackFrame.StackFrame
  readonly isSafari: boolean
}

/** The one exception of the text: its type and message are known from the attributes only. */
export const parse = (source: Source): ReadonlyArray<ParsedException> => {
  const lines = Lines.split(source.stacktrace).map(parseLine)
  const frames = lines.flatMap((line) => (line === undefined ? [] : [line.frame])).reverse()
  // A name before an `@` alone is a call only among calls that stand somewhere.
  const known = frames.some(({ filename }) => filename !== undefined) ? frames : []
  return [{ type: source.type ?? '', value: source.message ?? '', frames: known }]
}

/** Reads `function@place`, or a place alone. */
export const parseLine = (line: string): Line | undefined => {
  const text = line.trim()
  for (let at = text.indexOf('@'), tries = 0; at >= 0 && tries < MAX_SIGNS; tries++) {
    const read = parseCall(text.slice(0, at), text.slice(at + 1))
    if (read !== undefined) return read
    at = text.indexOf('@', at + 1)
  }
  return text.includes('@') ? undefined : parseCall('', text)
}

/** A name may hold an `@` itself: a bundler names functions after files such as `./node_modules/@scope/a.js`. */
const MAX_SIGNS = 8

const parseCall = (name: string, place: string): Line | undefined => {
  if (place === '') {
    const isCall = /^[\w$ .<>[\]#/-]{1,200}$/.test(name)
    return isCall ? { frame: { function: name }, isSafari: true } : undefined
  }
  if (place === '[native code]' || place === '[wasm code]')
    return {
      frame: { function: nameOf(name), filename: place, in_app: false },
      isSafari: true,
    }
  const parts = evaluated(place) ?? located(place)
  if (parts === undefined) return undefined
  const in_app = !parts.filename?.startsWith('self-hosted')
  const frame = StackFrame.make({ function: nameOf(name), ...parts, in_app })
  return { frame, isSafari: /^(?:global|module|eval) code$/.test(name) }
}

/** Async calls have their cause before the name: `async*load`, `promise callback*load`. */
const nameOf = (name: string): string => {
  const call = name.replace(/^[\w. ]{1,64}\*/, '').replace(/^async /, '')
  return call === '' ? '?' : call
}

/** Firefox: `http://h/app.js line 17 > eval:1:21` is code made at line 17, which is what exists. */
const evaluated = (place: string): StackFrame.FrameFields | undefined => {
  const end = place.indexOf(' line ')
  const made = end <= 0 ? null : /^ line (\d{1,9}) > [A-Za-z]/.exec(place.slice(end, end + 24))
  return made === null
    ? undefined
    : { filename: place.slice(0, end), lineno: SourceLocation.position(made[1]) }
}

const located = (place: string): StackFrame.FrameFields | undefined => {
  if (!IS_FILE.test(place)) return undefined
  const parts = ScriptPlace.positioned(place) ?? ScriptPlace.wasm(place)
  return parts ?? (/:\d{1,9}$/.test(place) ? ScriptPlace.unpositioned(place) : undefined)
}

/** A URL, a path, or the name of a script; the `host:80` of an address in prose is none of these. */
const IS_FILE =
  /^(?:[A-Za-z][\w+.-]{0,40}:\/|(?:blob|data|about|javascript):|\/|self-hosted:|debugger eval code:|[\w./~-]{1,1024}\.(?:[cm]?[jt]sx?|bundle|jsbundle|html?)[:?])/
