/**
 * The parsers, one for each format of stack trace text, and lists of them for `StackTrace.parse`.
 *
 * A bundle holds only the parsers that it imports by name.
 *
 * @example
 * ```ts
 * import { firefox, safari, v8 } from '@sentry-exporter/stacktrace/parsers'
 * import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
 *
 * const parse = StackTrace.parse([safari, firefox, v8])
 * const stacktrace = 'pay@https://shop.example/app.js:3:7'
 * const { exceptions } = parse({ type: 'Error', message: 'x', stacktrace, language: 'webjs' })
 * console.log(exceptions[0]?.frames[0]?.function) // pay
 * ```
 */
import { elixir } from './beam/elixir.ts'
import { erlang } from './beam/erlang.ts'
import { dart } from './dart/parser.ts'
import { dotnet } from './dotnet/parser.ts'
import { go } from './go/parser.ts'
import { firefox } from './javascript/firefox.ts'
import { safari } from './javascript/safari.ts'
import { v8, v8Browser } from './javascript/v8.ts'
import { jvm } from './jvm/parser.ts'
import { cpp } from './native/cpp.ts'
import { swift } from './native/swift.ts'
import type { Parser } from './Parser.ts'
import { phpOtel } from './php/otelParser.ts'
import { php } from './php/parser.ts'
import { python } from './python/parser.ts'
import { ruby } from './ruby/parser.ts'
import { rust } from './rust/parser.ts'
import { xray } from './xray/parser.ts'

// instances

export {
  cpp,
  dart,
  dotnet,
  elixir,
  erlang,
  firefox,
  go,
  jvm,
  php,
  phpOtel,
  python,
  ruby,
  rust,
  safari,
  swift,
  v8,
  v8Browser,
  xray,
}

/** The parsers of JavaScript, for browsers and servers. */
export const javascript: ReadonlyArray<Parser> = /* @__PURE__ */ Object.freeze<
  ReadonlyArray<Parser>
>([v8Browser, safari, firefox, v8])

/** All parsers, in the order in which `StackTrace.parse` tries those that accept the same language or text. */
export const parsers: ReadonlyArray<Parser> = /* @__PURE__ */ Object.freeze<ReadonlyArray<Parser>>([
  python,
  erlang,
  elixir,
  ruby,
  phpOtel,
  php,
  jvm,
  dotnet,
  go,
  rust,
  dart,
  swift,
  cpp,
  xray,
  v8Browser,
  safari,
  firefox,
  // The last one: other formats have lines that end in `at file:12:34` too.
  v8,
])
