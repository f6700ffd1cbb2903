/** All parsers, in the order they are tried where more than one reads the same language or signature. */
import * as Cpp from './Cpp.ts'
import * as DotNet from './DotNet.ts'
import * as Elixir from './Elixir.ts'
import * as Erlang from './Erlang.ts'
import * as Firefox from './Firefox.ts'
import * as Go from './Go.ts'
import * as Jvm from './Jvm.ts'
import type { Parser } from './Parser.ts'
import * as Php from './Php.ts'
import * as PhpOtel from './PhpOtel.ts'
import * as Python from './Python.ts'
import * as Ruby from './Ruby.ts'
import * as Rust from './Rust.ts'
import * as Safari from './Safari.ts'
import * as Swift from './Swift.ts'
import * as V8 from './V8.ts'

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
