/**
 * The call stacks of Apple's MetricKit in JSON: flat as OpenTelemetry's instrumentation for Swift sends them, or Apple's tree,
 * in which each frame holds its caller.
 */
import type { StackFrame } from '../StackFrame.ts'
import { isSystemImage } from './systemImages.ts'

// model

type Json = Readonly<Record<string, unknown>>

// decoding

/** The frames of the thread that failed (or of the first thread), the oldest first; `undefined` for any other text. */
export const parse = (text: string): ReadonlyArray<StackFrame> | undefined => {
  const stacks = stacksIn(decode(text))
  const stack = stacks.find((each) => each['threadAttributed'] === true) ?? stacks[0]
  if (stack === undefined) return undefined
  const frames: Array<StackFrame> = []
  const pending = [...arrayOf(stack['callStackFrames'] ?? stack['callStackRootFrames'])].reverse()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isRecord(next)) continue
    frames.push(frameOf(next))
    const caller = arrayOf(next['subFrames'])[0]
    if (caller !== undefined) pending.push(caller)
  }
  return frames.reverse()
}

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
    in_app: typeof image === 'string' && !isSystemImage(image),
  }
}

const arrayOf = (value: unknown): ReadonlyArray<unknown> => (Array.isArray(value) ? value : [])

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
