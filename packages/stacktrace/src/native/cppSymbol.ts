/**
 * Whose a C++ function is, by its name: `std::vector<int> shop::items<int>(int)` is the application's,
 * although it starts with a type of the standard library. Names of the Itanium ABI that are still mangled are
 * told by their start.
 */

// destructors

/** A function of the C or C++ runtime, or of the libraries that print stacks. */
export const isLibrary = (symbol: string): boolean =>
  RUNTIME.test(symbol) || MANGLED.test(symbol) || NAMESPACES.test(qualifiedNameIn(symbol))

const RUNTIME =
  /^(?:_start|start_thread|clone3?|abort|raise|gsignal|_init|_fini|_dl_\w+|__(?:libc|cxa|cxx|gxx|GI|sanitizer|asan|scrt)_\w*|__clone3?|__start_thread|invoke_main|mainCRTStartup|(?:Base|Rtl)\w*Thread\w*)(?:@|\(|$)/

const MANGLED = /^_ZN?[rVK]*(?:S[tabsiod]|9__gnu_cxx|10__cxxabiv1|5boost|8backward)/

const NAMESPACES =
  /^operator (?:new|delete)|^(?:std|boost|backward|cpptrace|__gnu_cxx|__cxxabiv1|__gnu_debug|absl|google|testing|opentelemetry)::/

/** The name before the last arguments, without the type that a template's instance returns. */
const qualifiedNameIn = (symbol: string): string => {
  let depth = 0
  let from = 0
  let start = 0
  for (let at = 0; at < symbol.length && at < MAX_NAME; at++) {
    const char = symbol[at] ?? ''
    if (char === 'o' && symbol.startsWith('operator', at)) at += lengthOfOperator(symbol, at) - 1
    else if ('<({['.includes(char)) {
      if (char === '(' && depth === 0) start = from
      depth++
    } else if (')}]'.includes(char) || (char === '>' && symbol[at - 1] !== '-')) depth--
    else if (
      char === ' ' &&
      depth === 0 &&
      !/^ (?:const|volatile|&|\[|\()/.test(symbol.slice(at, at + 10))
    )
      from = at + 1
  }
  return symbol.slice(start)
}

const MAX_NAME = 8192

/** `operator<<`, `operator()` and `operator->` hold brackets that open nothing. */
const lengthOfOperator = (symbol: string, at: number): number =>
  (/^operator(?:\(\)|\[\]|[<>=!+\-*/%^&|~,]{1,3}| )?/.exec(symbol.slice(at, at + 12))?.[0] ?? ' ')
    .length
