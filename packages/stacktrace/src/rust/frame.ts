/**
 * The lines of a Rust backtrace: `  4:  0x55d0c1 - shop::Order::total::h0123456789abcdef` and, below it,
 * `at ./src/main.rs:36:116`.
 *
 * Source: `Display` of `std::backtrace::Backtrace` and of the `backtrace` crate, short and full. The rules of `in_app` are
 * those of Sentry's Rust SDK.
 */
import * as StackFrame from '../StackFrame.ts'

// model

/** A numbered line. */
export interface RustSymbol {
  /** The depth: 0 is the call that threw. */
  readonly number: number
  /** Without the hashes of the compiler. */
  readonly name: string
  readonly address: string | undefined
  /** Whether only a frame can have this form, whatever is around it. */
  readonly isCertain: boolean
}

export interface RustLocation {
  readonly filename: string
  readonly lineno: number
  readonly colno: number | undefined
}

/** In characters. */
const MAX_LINE = 8192

/** The crate is searched in this number of characters of a name. */
const MAX_PATH = 512

const BACKTRACE = /^(?:stack backtrace:$|Backtrace \[(?:\{ fn: "|$))/i

const LIBRARIES: ReadonlySet<string> = new Set(
  `std core alloc proc_macro test backtrace std_detect hashbrown rustc_demangle addr2line gimli anyhow eyre color_eyre
  stable_eyre failure log env_logger tokio tracing futures async_std smol mio rayon rayon_core crossbeam hyper h2 tower
  tower_http axum axum_core tonic reqwest rocket warp serde serde_json diesel sqlx`.split(/\s+/),
)

// constructors

export const make = (
  name: string,
  address: string | undefined,
  location: RustLocation | undefined,
): StackFrame.StackFrame => {
  const crate = crateOf(name)
  return StackFrame.make({
    function: name,
    package: crate,
    filename: location?.filename,
    lineno: location?.lineno || undefined,
    colno: location?.colno || undefined,
    instruction_addr: address,
    in_app: isInApp(crate, location?.filename),
  })
}

/** The crate of `a::b`, `<a::B as c::D>::e` and `<T as c::D>::e`, where `T` has no crate. */
const crateOf = (name: string): string | undefined => {
  for (const [, path = ''] of name
    .slice(0, MAX_PATH)
    .matchAll(/(?:^|<|\bas |&|\bdyn |\bimpl )([\w:]+)/g)) {
    const end = path.indexOf('::')
    if (end > 0) return path.slice(0, end)
  }
  return undefined
}

// guards

/** Whether a line starts a backtrace. */
export const startsBacktrace = (line: string): boolean => BACKTRACE.test(line.trim())

const isInApp = (crate: string | undefined, filename: string | undefined): boolean => {
  const path = filename?.replaceAll('\\', '/') ?? ''
  if (/^\/rustc\/|\/rustlib\/|\/cargo\/(?:registry|git)\/|\/\.cargo\//.test(path)) return false
  return crate === undefined ? path.endsWith('.rs') : !isLibrary(crate)
}

const isLibrary = (crate: string): boolean =>
  LIBRARIES.has(crate) ||
  /^(?:sentry|__?rust|opentelemetry|futures_|tokio_|tracing_|actix_)/.test(crate)

/** Prose has blanks between its words, a symbol only inside brackets. */
const hasBlankOutsideBrackets = (text: string): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if ('<([{'.includes(char)) depth++
    else if (')]}'.includes(char) || (char === '>' && text[at - 1] !== '-')) depth--
    else if (char === ' ' && depth <= 0) return true
  }
  return false
}

// decoding

/** Reads a numbered line. */
export const symbolIn = (line: string): RustSymbol | undefined => {
  if (line.length > MAX_LINE) return undefined
  const found = /^\s*(\d{1,6}): +(?:(0x[\da-f]{1,16}) - )?(\S.*)$/.exec(line)
  if (found === null) return undefined
  const [, number, address, text = ''] = found
  const name = nameIn(text)
  if (name === undefined) return undefined
  const isCertain = address !== undefined || name.includes('::')
  return { number: Number(number), name, address, isCertain }
}

/** Reads a symbol without a number: a function that was inlined into the frame above it. */
export const nameIn = (line: string): string | undefined => {
  const text = line.trim()
  return text === '' || text.length > MAX_LINE || hasBlankOutsideBrackets(text)
    ? undefined
    : text.replace(/::h[\da-f]{16}$/, '').replaceAll(/\[[\da-f]{16}\]/g, '')
}

/** Reads `at file:line:column` or `at file:line`. */
export const locationIn = (line: string): RustLocation | undefined => {
  const text = line.trim()
  if (!text.startsWith('at ') || text.length > MAX_LINE) return undefined
  const [, filename, lineno, colno] =
    /^at (.+):(\d{1,9}):(\d{1,9})$/.exec(text) ?? /^at (.+):(\d{1,9})$/.exec(text) ?? []
  return filename === undefined
    ? undefined
    : { filename, lineno: Number(lineno), colno: colno === undefined ? undefined : Number(colno) }
}
