/** The number of arguments of a call that Elixir or Erlang printed with its arguments. */

// decoding

/** `(%{a: 1}, "x, y")` has 2 arguments: commas inside brackets and quotes do not count. */
export const arityOf = (call: string): number => {
  let depth = 0
  let commas = 0
  let quote = ''
  for (let at = 0; at < call.length; at++) {
    const char = call[at] ?? ''
    if (quote !== '') {
      if (char === '\\') at++
      else if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    else if (char === ',' && depth === 1) commas++
  }
  return /^\(\s*\)$/.test(call) ? 0 : commas + 1
}
