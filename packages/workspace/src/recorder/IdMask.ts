/**
 * Replaces the ids that the product made itself by the order in which they first appear: ids of events, of roots that no
 * program made, and of the traces and spans of log records that named none. Ids that came in stay as they are.
 */

// model

export interface IdMask {
  /** Remembers the ids of traces and spans of a request in OTLP JSON. */
  readonly addInput: (request: string) => void
  /** The text of an envelope, with the ids replaced. */
  readonly mask: (envelope: string) => string
}

/** The fields of an envelope's header and of its payloads that are read. */
interface Read {
  readonly event_id?: string
  readonly type?: string
  readonly trace?: { readonly trace_id?: string }
  readonly contexts?: {
    readonly trace?: {
      readonly trace_id?: string
      readonly span_id?: string
      readonly data?: Readonly<Record<string, unknown>>
    }
  }
}

// constructors

export const make = (): IdMask => {
  const inputs = new Set<string>()
  const made = new Set<string>()
  const numbers = new Map<string, number>()
  const numberOf = (id: string): number => {
    const number = numbers.get(id) ?? numbers.size + 1
    numbers.set(id, number)
    return number
  }
  return {
    addInput: (request) => {
      for (const [, id = ''] of request.matchAll(INPUT_ID)) inputs.add(id.toLowerCase())
    },
    mask: (envelope) => {
      for (const line of envelope.split('\n')) {
        // Lines of an envelope of events are JSON, each one whole.
        if (line !== '') for (const id of idsIn(JSON.parse(line), inputs)) made.add(id)
      }
      return envelope.replace(QUOTED_ID, (quoted, id: string) =>
        made.has(id) ? `"#${numberOf(id)}"` : quoted,
      )
    },
  }
}

const INPUT_ID = /"(?:traceId|spanId|parentSpanId)":\s*"([0-9a-fA-F]+)"/g

const QUOTED_ID = /"([0-9a-f]{32}|[0-9a-f]{16})"/g

/** The ids in one line of an envelope that did not come in. */
const idsIn = (line: Read, inputs: ReadonlySet<string>): ReadonlyArray<string> => {
  const trace = line.contexts?.trace
  // Spans of transactions have the ids of the input, except synthetic roots.
  const isMade = line.type !== 'transaction' || trace?.data?.['sentry_exporter.synthetic'] === true
  const notFromInput = [line.trace?.trace_id, trace?.trace_id, isMade ? trace?.span_id : undefined]
  return [
    line.event_id,
    ...notFromInput.filter((id) => id === undefined || !inputs.has(id)),
  ].filter((id) => id !== undefined)
}
