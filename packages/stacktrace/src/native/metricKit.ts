/**
 * The call stacks of Apple's MetricKit, which come as JSON: flat as OpenTelemetry's instrumentation for Swift
 * sends them, or as Apple's tree, where each frame holds the one that called it.
 */
import type { StackFrame } from '../StackFrame.ts'
import * as SwiftLine from './swiftFrame.ts'

// decoding

/**
 * The frames of the thread that failed (or of the first one), the oldest first; `undefined` if it is no such
 * JSON.
 */
export const parse = (text: string): ReadonlyArray<StackFrame> | undefined => {
  const stacks = stacksIn(decode(text))
  const stack = stacks.find((each) => each['threadAttributed'] === true) ?? stacks[0]
  if (stack === undefined) return undefined
  const frames: Array<StackFrame> = []
  const waiting = [...arrayOf(stack['callStackFrames'] ?? stack['callStackRootFrames'])].reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (!isRecord(next)) continue
    frames.push(frameOf(next))
    const caller = arrayOf(next['subFrames'])[0]
    if (caller !== undefined) waiting.push(caller)
  }
  return frames.reverse()
}

type Json = Readonly<Record<string, unknown>>

const decode = (text: string): unknown => {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const stacksIn = (json: unknown): ReadonlyArray<Json> => {
  const tree = isRecord(json) ? (json['callStackTree'] ?? json) : undefined
  return isRecord(tree) ? arrayOf(tree['callStacks']).filter(isRecord) : []
}

const frameOf = (json: Json): StackFrame => {
  const image = json['binaryName']
  const offset = json['offsetAddress'] ?? json['address']
  return {
    function: '<unknown>',
    ...(typeof image === 'string' ? { package: image } : {}),
    ...(typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0
      ? { instruction_addr: `0x${offset.toString(16)}` }
      : {}),
    in_app: typeof image === 'string' && !SwiftLine.isSystemImage(image),
  }
}

const arrayOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
