/**
 * One frame line of a .NET stack trace, of CoreCLR, .NET Framework (in any language), Native AOT and Mono:
 * `at Shop.Cart.Total(Int32 x) in /srv/Cart.cs:line 34`,
 * `at Shop.Cart.Total (System.Int32 x) [0x0001] in <guid>:0`.
 *
 * Source: `StackTrace.ToString` of dotnet/runtime and mono.
 */
import * as StackFrame from '../StackFrame.ts'
import * as DotNetName from './name.ts'

// decoding

/**
 * The frame in a line, `undefined` if there is none. With `cut` (the last line of a text cut at a length
 * limit) a method whose arguments or place are half stands without a place.
 */
export const parse = (line: string, cut: boolean): StackFrame.StackFrame | undefined => {
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
  const place = close < 0 ? undefined : placeOf(text.slice(close + 1))
  if (place === undefined && !cut) return undefined
  if (place !== undefined && !isMethod(text.slice(open + 1, close), isSpaced, place, word[1])) {
    return undefined
  }
  const name = DotNetName.parse(call)
  return name === undefined
    ? undefined
    : StackFrame.make({
        ...name,
        filename: place?.filename,
        lineno: place?.lineno,
        in_app: name.module !== undefined && !isFramework(name.module),
      })
}

interface Place {
  readonly filename?: string | undefined
  readonly lineno?: number | undefined
  /** Whether an offset or a file stands behind the arguments, as no other language writes them. */
  readonly isMarked: boolean
}

const MAX_LINE = 8192

const AT = /^at (\(wrapper [\w-]+\) )?/

/** .NET Framework speaks the language of the user; its words count only in an indented line. */
const ANY_AT =
  /^(?:at|bei|à|en|in|em|в|w|v|bij|vid|ved|konum:|위치:|場所|在|於|kohteessa|a következő helyen:) (\(wrapper [\w-]+\) )?/

/** The bracket that opens the arguments: type arguments and compiler names may hold others. */
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

/** What stands behind the arguments; `undefined` if it is nothing that a runtime writes there. */
const placeOf = (tail: string): Place | undefined => {
  const bare = tail.replace(/^ \[0x[0-9a-f]+\]|^ \+ 0x[0-9a-f]+/i, '')
  const isOffset = bare.length < tail.length
  if (bare.trim() === '' || bare === '.') return { isMarked: isOffset }
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

/** Whether it can be a method of .NET: the brackets of Java, PHP and JavaScript hold a place, not arguments. */
const isMethod = (
  parameters: string,
  isSpaced: boolean,
  place: Place,
  wrapper: string | undefined,
): boolean =>
  place.isMarked || wrapper !== undefined
    ? true
    : !isSpaced &&
      /^$|\s/.test(parameters) &&
      parameters !== 'Native Method' &&
      parameters !== 'Unknown Source'

const isFramework = (module: string): boolean =>
  FRAMEWORKS.some(
    (name) =>
      module.startsWith(name) &&
      (module.length === name.length || /[.+]/.test(module[name.length] ?? '')),
  )

/** The namespaces that Sentry's .NET SDK excludes, and those of the tracing itself. */
const FRAMEWORKS: ReadonlyArray<string> = [
  ...[
    'System',
    'Microsoft',
    'Mono',
    'MS',
    'ABI.Microsoft',
    'Interop',
    'Internal',
    'Windows',
    'WinRT',
  ],
  ...[
    'Sentry',
    'OpenTelemetry',
    'Newtonsoft.Json',
    'FSharp',
    'Serilog',
    'NLog',
    'log4net',
    'Npgsql',
  ],
  ...['MySql', 'MySqlConnector', 'Oracle', 'Dapper', 'MongoDB', 'StackExchange.Redis', 'Nest'],
  ...['RabbitMQ', 'MassTransit', 'NServiceBus', 'Hangfire', 'Quartz', 'MediatR', 'AutoMapper'],
  ...['FluentValidation', 'Autofac', 'Castle', 'Ninject', 'SimpleInjector', 'Polly', 'Refit'],
  ...['RestSharp', 'Flurl', 'Grpc', 'Google', 'AWSSDK', 'Amazon', 'Azure', 'IdentityModel'],
  ...[
    'IdentityServer4',
    'Duende',
    'Swashbuckle',
    'ServiceStack',
    'Giraffe',
    'Owin',
    'Remotion.Linq',
  ],
  ...['ICSharpCode', 'SQLitePCL', 'SkiaSharp', 'Xamarin', 'Android', 'Java.Interop', 'AndroidX'],
  ...['UnityEngine', 'UnityEditor', 'Unity', 'xunit', 'Xunit', 'NUnit', 'Moq'],
]
