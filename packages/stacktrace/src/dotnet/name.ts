/**
 * The method in a .NET frame, as `Type.Method` in the source instead of the name that the compiler generated.
 *
 * `X.<LoadAsync>d__4.MoveNext` is the async method `X.LoadAsync`, `X.<>c.<Main>b__1_0` a lambda in `X.Main`. The notation is
 * that of Sentry's .NET SDK, which does not change the names of mcs. A local function is behind the method that holds it:
 * `Invoke+Await`.
 */

// model

export interface DotNetName {
  readonly function: string
  /** The type that declares it, without type arguments; absent for a dynamic method. */
  readonly module?: string
}

const LAMBDA = /^<(.*)>b__\w+$/

const LOCAL_FUNCTION = /^<(.*)>g__(\w+)\|[\d_]+$/

/** The type of an async method or an iterator, without the separator before it. */
const STATE_MACHINE = /^<(.+)>d(?:__\d+)?(?:`\d+)?$/

const CLOSURE = /^<>c(?:__(?:DisplayClass)?[\d_]*)?(?:`\d+)?$/

// decoding

/** Reads the name of a method; `undefined` if the text has no type and is not a name that the runtime generates. */
export const parse = (text: string): DotNetName | undefined => {
  const call = withoutArguments(text)
  const dot = lastDotOf(call)
  if (dot <= 0)
    return /^lambda_method\d*$/.test(call) || call === 'dynamicClass'
      ? { function: call }
      : undefined
  const method = call.slice(dot + 1)
  const segments = segmentsOf(call.slice(0, dot))
  if (method === '' || segments.length === 0) return undefined
  let count = segments.length
  let stateMachine: string | undefined
  while (count > 1 && isGenerated(segments[count - 1] ?? '')) {
    count--
    stateMachine ??= segments[count]
  }
  const inner =
    method === 'MoveNext' ? STATE_MACHINE.exec(stateMachine?.slice(1) ?? '')?.[1] : undefined
  const isCompiled = inner !== undefined || LAMBDA.test(method) || LOCAL_FUNCTION.test(method)
  return {
    function: lambdaOf(inner ?? method),
    module: (isCompiled ? segments.slice(0, count) : segments).join('').slice(1),
  }
}

const isGenerated = (segment: string): boolean => {
  const name = segment.slice(1)
  return CLOSURE.test(name) || STATE_MACHINE.test(name)
}

const lambdaOf = (method: string): string => {
  const inside = LAMBDA.exec(method)?.[1]
  if (inside !== undefined) return `${lambdaOf(inside)} { <lambda> }`
  const [, outer, local] = LOCAL_FUNCTION.exec(method) ?? []
  return outer === undefined ? method : `${lambdaOf(outer)}+${local}`
}

/** Removes text in square brackets: type arguments, with the full names of assemblies and versions. */
const withoutArguments = (text: string): string => {
  if (!text.includes('[')) return text
  let remaining = ''
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[' && depth++ === 0) remaining += text.slice(from, at)
    else if (text[at] === ']' && depth > 0 && --depth === 0) from = at + 1
  }
  return depth === 0 ? remaining + text.slice(from) : remaining
}

/** The offset of the dot before the method; `.ctor` and `.cctor` start with a dot. */
const lastDotOf = (call: string): number => {
  const special = /\.\.c?ctor$/.exec(call)
  if (special !== null) return special.index
  let depth = 0
  for (let at = call.length - 1; at >= 0; at--) {
    if (call[at] === '>') depth++
    else if (call[at] === '<') depth--
    else if (call[at] === '.' && depth === 0) return at
  }
  return -1
}

/** The segments of a type, each with the separator before it. */
const segmentsOf = (type: string): ReadonlyArray<string> => {
  const segments: Array<string> = []
  let depth = 0
  let from = 0
  for (let at = 0; at < type.length; at++) {
    const code = type[at]
    if (code === '<') depth++
    else if (code === '>') depth--
    else if ((code === '.' || code === '+' || code === '/') && depth === 0 && at > 0) {
      segments.push((from === 0 ? '.' : '') + type.slice(from, at))
      from = at
    }
  }
  segments.push((from === 0 ? '.' : '') + type.slice(from))
  return segments
}
