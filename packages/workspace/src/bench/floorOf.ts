/** The floor F: parsing the input and printing the output, and nothing in between. */
import type { Round } from './Round.ts'

// constructors

/**
 * F of inputs that are each parsed as a whole, held, and then printed. Every program that assembles traces must hold them,
 * since the output for a trace needs all of it. Parsers take twice as long for data that outgrows the young generation.
 */
export const floorOf = (
  inputs: ReadonlyArray<ReadonlyArray<string>>,
  transactions: ReadonlyArray<unknown>,
  spans: number,
): Round => {
  // As many transactions as there are spans for: the reference has 2,000 spans.
  const wanted = Math.max(1, Math.round((spans / 2_000) * transactions.length))
  return {
    spans,
    run: () =>
      inputs.map((requests, nth) => {
        const read = requests.map((text): unknown => JSON.parse(text))
        const [from, until] = [nth, nth + 1].map((n) => Math.round((n / inputs.length) * wanted))
        for (let i = from ?? 0; i < (until ?? 0); i++) {
          JSON.stringify(transactions[i % transactions.length])
        }
        // Used at last, so that it is held until then.
        return read.length
      }),
  }
}
