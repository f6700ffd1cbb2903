/**
 * The lines of a Rust backtrace: `  4:  0x55d0c1 - shop::Order::total::h0123456789abcdef` and, below it,
 * `at ./src/main.rs:36:116`.
 *
 * Source: `Display` of `std::backtrace::Backtrace` and of the `backtrace` crate, short and full; what is in app as
 * Sentry's Rust SDK says.
 */
import * as StackFrame from '../StackFrame.ts'

// model

export interface NamedFrame {
  /** How deep it stands: 0 is the throwing one. */
  readonly number: number
  /** Without the hashes of the compiler. */
  readonly name: string
  readonly address: string | undefined
  /** Whether only a frame can look like this, whatever stands around it. */
  readonly isSure: boolean
}

export interface Place {
  readonly filename: string
  readonly lineno: number
  readonly colno: number | undefined
}

// decoding

/** A numbered line. */
export const symbolIn = (line: string): NamedFrame | undefined => {
  if (line.length > MAX_LINE) return undefined
  const found = /^\s*(\d{1,6}): +(?:(0x[\da-f]{1,16}) - )?(\S.*)$/.exec(line)
  if (found === null) return undefined
  const [, number, address, text = ''] = found
  const name = nameIn(text)
  return name === undefined
    ? undefined
    : {
        number: Number(number),
        name,
        address,
        isSure: address !== undefined || name.includes('::'),
      }
}

/** A symbol without a number: what was inlined into the frame above it. */
export const nameIn = (line: string): string | undefined => {
  const text = line.trim()
  return text === '' || text.length > MAX_LINE || hasBlankOutside(text)
    ? undefined
    : text.replace(/::h[\da-f]{16}$/, '').replaceAll(/\[[\da-f]{16}\]/g, '')
}

export const placeIn = (line: string): Place | undefined => {
  const text = line.trim()
  if (!text.startsWith('at ') || text.length > MAX_LINE) return undefined
  const [, filename, lineno, colno] =
    /^at (.+):(\d{1,9}):(\d{1,9})$/.exec(text) ?? /^at (.+):(\d{1,9})$/.exec(text) ?? []
  return filename === undefined
    ? undefined
    : { filename, lineno: Number(lineno), colno: colno === undefined ? undefined : Number(colno) }
}

// constructors

export const make = (
  name: string,
  address: string | undefined,
  place: Place | undefined,
): StackFrame.StackFrame => {
  const crate = crateOf(name)
  return StackFrame.make({
    function: name,
    package: crate,
    filename: place?.filename,
    lineno: place?.lineno || undefined,
    colno: place?.colno || undefined,
    instruction_addr: address,
    in_app: isInApp(crate, place?.filename),
  })
}

const MAX_LINE = 8192

/** Prose has blanks between its words, a symbol only inside of brackets. */
const hasBlankOutside = (text: string): boolean => {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if ('<([{'.includes(char)) depth++
    else if (')]}'.includes(char) || (char === '>' && text[at - 1] !== '-')) depth--
    else if (char === ' ' && depth <= 0) return true
  }
  return false
}

/** The crate of `a::b`, `<a::B as c::D>::e` and `<T as c::D>::e`, where `T` is of no crate. */
const crateOf = (name: string): string | undefined => {
  for (const [, path = ''] of name
    .slice(0, MAX_PATH)
    .matchAll(/(?:^|<|\bas |&|\bdyn |\bimpl )([\w:]+)/g)) {
    const end = path.indexOf('::')
    if (end > 0) return path.slice(0, end)
  }
  return undefined
}

const MAX_PATH = 512

const isInApp = (crate: string | undefined, filename: string | undefined): boolean => {
  const path = filename?.replaceAll('\\', '/') ?? ''
  if (/^\/rustc\/|\/rustlib\/|\/cargo\/(?:registry|git)\/|\/\.cargo\//.test(path)) return false
  return crate === undefined ? path.endsWith('.rs') : !isLibrary(crate)
}

const isLibrary = (crate: string): boolean =>
  LIBRARIES.has(crate) ||
  /^(?:sentry|__?rust|opentelemetry|futures_|tokio_|tracing_|actix_)/.test(crate)

const LIBRARIES: ReadonlySet<string> = new Set(
  `std core alloc proc_macro test backtrace std_detect hashbrown rustc_demangle addr2line gimli anyhow eyre color_eyre
  stable_eyre failure log env_logger tokio tracing futures async_std smol mio rayon rayon_core crossbeam hyper h2 tower
  tower_http axum axum_core tonic reqwest rocket warp serde serde_json diesel sqlx`.split(/\s+/),
)
