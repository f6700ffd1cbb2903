/**
 * Decides from the name of a C++ function whether it belongs to a library: `std::vector<int> shop::items<int>(int)` belongs to
 * the application, although it starts with a type of the standard library. Mangled names of the Itanium ABI are recognised by
 * their start.
 */

// model

/** In characters. */
const MAX_NAME = 8192

const RUNTIME =
  /^(?:_start|start_thread|clone3?|abort|raise|gsignal|_init|_fini|_dl_\w+|__(?:libc|cxa|cxx|gxx|GI|sanitizer|asan|scrt)_\w*|__clone3?|__start_thread|invoke_main|mainCRTStartup|(?:Base|Rtl)\w*Thread\w*)(?:@|\(|$)/

const MANGLED = /^_ZN?[rVK]*(?:S[tabsiod]|9__gnu_cxx|10__cxxabiv1|5boost|8backward)/

const NAMESPACES =
  /^operator (?:new|delete)|^(?:std|boost|backward|cpptrace|__gnu_cxx|__cxxabiv1|__gnu_debug|absl|google|testing|opentelemetry)::/

// guards

/** Whether a function belongs to the C or C++ runtime, or to a library that prints stacks. */
export const isLibrary = (symbol: string): boolean =>
  RUNTIME.test(symbol) || MANGLED.test(symbol) || NAMESPACES.test(qualifiedNameIn(symbol))

// decoding

/** The name before the last arguments, without the return type that an instance of a template has. */
const qualifiedNameIn = (symbol: string): string => {
  let depth = 0
  let nameStart = 0
  let start = 0
  for (let at = 0; at < symbol.length && at < MAX_NAME; at++) {
    const char = symbol[at] ?? ''
    if (char === 'o' && symbol.startsWith('operator', at)) at += lengthOfOperator(symbol, at) - 1
    else if ('<({['.includes(char)) {
      if (char === '(' && depth === 0) start = nameStart
      depth++
    } else if (')}]'.includes(char) || (char === '>' && symbol[at - 1] !== '-')) depth--
    else if (
      char === ' ' &&
      depth === 0 &&
      !/^ (?:const|volatile|&|\[|\()/.test(symbol.slice(at, at + 10))
    )
      nameStart = at + 1
  }
  return symbol.slice(start)
}

/** `operator<<`, `operator()` and `operator->` contain brackets that have no partner. */
const lengthOfOperator = (symbol: string, at: number): number =>
  (/^operator(?:\(\)|\[\]|[<>=!+\-*/%^&|~,]{1,3}| )?/.exec(symbol.slice(at, at + 12))?.[0] ?? ' ')
    .length
