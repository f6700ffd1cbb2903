/** Reads the text of stack traces into frames: one pure parser for each format. */

export * as ParsedException from './ParsedException.ts'
export * as Parser from './Parser.ts'
export {
  cpp,
  dart,
  dotnet,
  elixir,
  erlang,
  firefox,
  go,
  javascript,
  jvm,
  parsers,
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
} from './parsers.ts'
export * as StackFrame from './StackFrame.ts'
export * as StackTrace from './StackTrace.ts'
