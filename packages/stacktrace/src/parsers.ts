/** All parsers, in the order they are tried where more than one reads the same language or signature. */

import * as Elixir from './beam/elixir.ts'
import * as Erlang from './beam/erlang.ts'
import * as DotNet from './dotnet/parser.ts'
import * as Go from './go/parser.ts'
import * as Firefox from './javascript/firefox.ts'
import * as Safari from './javascript/safari.ts'
import * as V8 from './javascript/v8.ts'
import * as Jvm from './jvm/parser.ts'
import * as Cpp from './native/cpp.ts'
import * as Swift from './native/swift.ts'
import type { Parser } from './Parser.ts'
import * as PhpOtel from './php/otelParser.ts'
import * as Php from './php/parser.ts'
import * as Python from './python/parser.ts'
import * as Ruby from './ruby/parser.ts'
import * as Rust from './rust/parser.ts'

// model

export const parsers: ReadonlyArray<Parser> = [
  Python.parser,
  Erlang.parser,
  Elixir.parser,
  Ruby.parser,
  PhpOtel.parser,
  Php.parser,
  Jvm.parser,
  DotNet.parser,
  Go.parser,
  Rust.parser,
  Swift.parser,
  Cpp.parser,
  V8.browser,
  Safari.parser,
  Firefox.parser,
  // The last, since other formats have lines that end in `at file:12:34` as well.
  V8.parser,
]
