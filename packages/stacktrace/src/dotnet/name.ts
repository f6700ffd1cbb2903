/**
 * The method in a .NET frame, as `Type.Method`, with what compilers made of it undone.
 *
 * `X.<LoadAsync>d__4.MoveNext` is the async method `X.LoadAsync`, `X.<>c.<Main>b__1_0` a lambda in `X.Main`. The
 * notation is that of Sentry's .NET SDK, which leaves local functions and the names of mcs alone.
 */

// model

export interface DotNetName {
  readonly function: string
  /** The type that declares it, without type arguments; absent for a dynamic method. */
  readonly module?: string
}

// decoding

/** The name of a method; `undefined` if the text holds no type and is not one that the runtime makes up. */
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
  let machine: string | undefined
  while (count > 1 && isGenerated(segments[count - 1] ?? '')) {
    count--
    machine ??= segments[count]
  }
  const inner = method === 'MoveNext' ? STATE_MACHINE.exec(machine?.slice(1) ?? '')?.[1] : undefined
  const isOurs = inner !== undefined || LAMBDA.test(method) || LOCAL_FUNCTION.test(method)
  return {
    function: lambdaOf(inner ?? method),
    module: (isOurs ? segments.slice(0, count) : segments).join('').slice(1),
  }
}

const LAMBDA = /^<(.*)>b__\w+$/

const LOCAL_FUNCTION = /^<.*>g__/

/** Behind the separator: the type of an async method or an iterator. */
const STATE_MACHINE = /^<(.+)>d(?:__\d+)?(?:`\d+)?$/

const CLOSURE = /^<>c(?:__(?:DisplayClass)?[\d_]*)?(?:`\d+)?$/

const isGenerated = (segment: string): boolean => {
  const name = segment.slice(1)
  return CLOSURE.test(name) || STATE_MACHINE.test(name)
}

const lambdaOf = (method: string): string => {
  const inside = LAMBDA.exec(method)?.[1]
  return inside === undefined ? method : `${inside} { <lambda> }`
}

/** Without what stands in square brackets: type arguments, with assemblies and versions in full. */
const withoutArguments = (text: string): string => {
  if (!text.includes('[')) return text
  let kept = ''
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '[' && depth++ === 0) kept += text.slice(from, at)
    else if (text[at] === ']' && depth > 0 && --depth === 0) from = at + 1
  }
  return depth === 0 ? kept + text.slice(from) : kept
}

/** The dot before the method; `.ctor` and `.cctor` have one of their own. */
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

/** The parts of a type, each with the separator before it. */
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
