/**
 * Stacks of Firefox and Safari: lines of `function@location`, the newest call first, without a header.
 *
 * Source: SpiderMonkey's `SavedStacks` and JavaScriptCore's `StackFrame::toString`, and recorded output of both.
 */
import type { ParsedException } from '../ParsedException.ts'
import type { Source } from '../Parser.ts'
import * as StackFrame from '../StackFrame.ts'
import type { Keep } from '../text/cacheable.ts'
import * as Lines from '../text/Lines.ts'
import * as SourceLocation from '../text/SourceLocation.ts'
import * as ErrorName from './errorName.ts'
import * as ScriptLocation from './scriptLocation.ts'

// model

interface AtSignFrame {
  readonly frame: StackFrame.StackFrame
  /** Whether only JavaScriptCore writes such a line. */
  readonly isSafari: boolean
}

/** A name may contain `@`: a bundler names functions after files such as `./node_modules/@scope/a.js`. */
const MAX_SIGNS = 8

/** A URL, a path, or the name of a script; not the `host:80` of an address in prose. */
const IS_FILE =
  /^(?:[A-Za-z][\w+.-]{0,40}:\/|(?:blob|data|about|javascript):|\/|self-hosted:|debugger eval code:|[\w./~-]{1,1024}\.(?:[cm]?[jt]sx?|bundle|jsbundle|html?)[:?])/

// decoding

/** Finds the frame of a line. */
export type FrameIn = (line: string) => AtSignFrame | undefined

/** Reads the one exception of a text; only the attributes have its type and message. */
export const parser = (
  toFrame: FrameIn,
  keep: Keep,
): ((source: Source) => ReadonlyArray<ParsedException>) => {
  const framesIn = keep((text) => Object.freeze(framesOf(text, toFrame)))
  return ({ stacktrace, type, message }) => [
    { type: ErrorName.of(type ?? ''), value: message ?? '', frames: framesIn(stacktrace) ?? [] },
  ]
}

const framesOf = (text: string, toFrame: FrameIn): ReadonlyArray<StackFrame.StackFrame> => {
  const frames = Lines.split(text)
    .flatMap((line) => toFrame(line)?.frame ?? [])
    .reverse()
  // A name before `@` without a location is a call only if other calls have one.
  return frames.some(({ filename }) => filename !== undefined) ? frames : []
}

/** The frozen frame of a line: `function@location`, or a location alone. */
export const frameIn: FrameIn = (line) => {
  const found = parseLine(line)
  if (found !== undefined) Object.freeze(found.frame)
  return found
}

const parseLine = (line: string): AtSignFrame | undefined => {
  const text = line.trim()
  for (let at = text.indexOf('@'), tries = 0; at >= 0 && tries < MAX_SIGNS; tries++) {
    const call = parseCall(text.slice(0, at), text.slice(at + 1))
    if (call !== undefined) return call
    at = text.indexOf('@', at + 1)
  }
  return text.includes('@') ? undefined : parseCall('', text)
}

const parseCall = (name: string, location: string): AtSignFrame | undefined => {
  if (location === '') {
    const isCall = /^[\w$ .<>[\]#/-]{1,200}$/.test(name)
    return isCall ? { frame: { function: name }, isSafari: true } : undefined
  }
  if (location === '[native code]' || location === '[wasm code]')
    return {
      frame: { function: functionOf(name), filename: location, in_app: false },
      isSafari: true,
    }
  const fields = evaluated(location) ?? located(location)
  if (fields === undefined) return undefined
  const in_app = !fields.filename?.startsWith('self-hosted')
  const frame = StackFrame.make({ function: functionOf(name), ...fields, in_app })
  return { frame, isSafari: /^(?:global|module|eval) code$/.test(name) }
}

/** Async calls have their cause before the name: `async*load`, `promise callback*load`. */
const functionOf = (name: string): string => {
  const call = name.replace(/^[\w. ]{1,64}\*/, '').replace(/^async /, '')
  return call === '' ? '?' : call
}

/** Firefox writes evaluated code as `http://h/app.js line 17 > eval:1:21`. Only line 17 exists in a file. */
const evaluated = (location: string): StackFrame.FrameFields | undefined => {
  const end = location.indexOf(' line ')
  const caller = end <= 0 ? null : /^ line (\d{1,9}) > [A-Za-z]/.exec(location.slice(end, end + 24))
  return caller === null
    ? undefined
    : { filename: location.slice(0, end), lineno: SourceLocation.position(caller[1]) }
}

const located = (location: string): StackFrame.FrameFields | undefined => {
  if (!IS_FILE.test(location)) return undefined
  const fields = ScriptLocation.positioned(location) ?? ScriptLocation.wasm(location)
  return fields ?? (/:\d{1,9}$/.test(location) ? ScriptLocation.unpositioned(location) : undefined)
}
