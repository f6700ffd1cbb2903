/**
 * One frame line of a .NET stack trace, of CoreCLR, .NET Framework (in any language), Native AOT and Mono:
 * `at Shop.Cart.Total(Int32 x) in /srv/Cart.cs:line 34`,
 * `at Shop.Cart.Total (System.Int32 x) [0x0001] in <guid>:0`.
 *
 * Source: `StackTrace.ToString` of dotnet/runtime and mono.
 */
import * as StackFrame from '../StackFrame.ts'
import * as DotNetName from './name.ts'

// model

/** The text behind the arguments of a call. */
interface DotNetLocation {
  readonly filename?: string | undefined
  readonly lineno?: number | undefined
  /** Whether there is an offset or a file, which no other language writes behind arguments. */
  readonly isMarked: boolean
}

/** In characters. */
const MAX_LINE = 8192

const AT = /^at (\(wrapper [\w-]+\) )?/

/** .NET Framework writes in the language of the user; its words count only in an indented line. */
const ANY_AT =
  /^(?:at|bei|à|en|in|em|в|w|v|bij|vid|ved|konum:|위치:|場所|在|於|kohteessa|a következő helyen:) (\(wrapper [\w-]+\) )?/

/** The namespaces that Sentry's .NET SDK excludes, and those of the instrumentation. */
const FRAMEWORKS: ReadonlyArray<string> =
  `System Microsoft Mono MS ABI.Microsoft Interop Internal Windows WinRT Sentry OpenTelemetry Newtonsoft.Json
  FSharp Serilog NLog log4net Npgsql MySql MySqlConnector Oracle Dapper MongoDB StackExchange.Redis Nest
  RabbitMQ MassTransit NServiceBus Hangfire Quartz MediatR AutoMapper FluentValidation Autofac Castle Ninject
  SimpleInjector Polly Refit RestSharp Flurl Grpc Google AWSSDK Amazon Azure IdentityModel IdentityServer4
  Duende Swashbuckle ServiceStack Giraffe Owin Remotion.Linq ICSharpCode SQLitePCL SkiaSharp Xamarin Android
  Java.Interop AndroidX UnityEngine UnityEditor Unity xunit Xunit NUnit Moq`.split(/\s+/)

// guards

/** Whether it can be a method of .NET: the brackets of Java, PHP and JavaScript hold a location, not arguments. */
const isMethod = (
  parameters: string,
  isSpaced: boolean,
  location: DotNetLocation,
  wrapper: string | undefined,
): boolean =>
  location.isMarked || wrapper !== undefined
    ? true
    : !isSpaced &&
      /^$|\s/.test(parameters) &&
      // The X-Ray receiver of the Collector writes a file and a line in brackets.
      !/: \d{1,9}$/.test(parameters) &&
      parameters !== 'Native Method' &&
      parameters !== 'Unknown Source'

const isFramework = (module: string): boolean =>
  FRAMEWORKS.some(
    (name) =>
      module.startsWith(name) &&
      (module.length === name.length || /[.+]/.test(module[name.length] ?? '')),
  )

// decoding

/**
 * The frame in a line, `undefined` if there is none. With `isCut` (the last line of a text cut at a length limit), a method
 * whose arguments or location are incomplete gives a frame without a location.
 */
export const parse = (line: string, isCut: boolean): StackFrame.StackFrame | undefined => {
  if (line.length > MAX_LINE) return undefined
  const text = line.trim()
  const word = (line.startsWith('at ') ? AT : /^\s/.test(line) ? ANY_AT : AT).exec(text)
  if (word === null) return undefined
  const start = word[0].length
  const open = openingOf(text, start)
  if (open < 0) return undefined
  const isSpaced = text[open - 1] === ' '
  const call = text.slice(start, isSpaced ? open - 1 : open)
  if (/\s/.test(call.replaceAll(', ', ','))) return undefined
  const close = closingOf(text, open)
  const location = close < 0 ? undefined : locationOf(text.slice(close + 1))
  if (location === undefined && !isCut) return undefined
  if (location !== undefined && !isMethod(text.slice(open + 1, close), isSpaced, location, word[1]))
    return undefined
  const name = DotNetName.parse(call)
  return name === undefined
    ? undefined
    : StackFrame.make({
        ...name,
        filename: location?.filename,
        lineno: location?.lineno,
        in_app: name.module !== undefined && !isFramework(name.module),
      })
}

/** The frozen frame of a whole line. */
export const frameIn = (line: string): StackFrame.StackFrame | undefined => {
  const frame = parse(line, false)
  return frame && Object.freeze(frame)
}

/** The offset of the bracket that opens the arguments; type arguments and compiler names may contain others. */
const openingOf = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const code = text[at]
    if (code === '<' || code === '[') depth++
    else if (code === '>' || code === ']') depth--
    else if (code === '(' && depth === 0) return at
  }
  return -1
}

const closingOf = (text: string, open: number): number => {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at
  }
  return -1
}

/** Reads the text behind the arguments; `undefined` if no runtime writes such a text there. */
const locationOf = (tail: string): DotNetLocation | undefined => {
  const bare = tail.replace(/^ \[0x[0-9a-f]+\]|^ \+ 0x[0-9a-f]+/i, '')
  const hasOffset = bare.length < tail.length
  if (bare.trim() === '' || bare === '.') return { isMarked: hasOffset }
  const line = /:(?:\p{L}+:? ?)?(\d{1,9})\.?\s*$/u.exec(bare)
  const word = /^ \S+ /.exec(bare)
  if (line === null || word === null || line.index < word[0].length) return undefined
  const filename = bare.slice(word[0].length, line.index)
  return {
    filename: /^<.*>$/.test(filename) ? undefined : filename,
    lineno: Number(line[1]) || undefined,
    isMarked: true,
  }
}
