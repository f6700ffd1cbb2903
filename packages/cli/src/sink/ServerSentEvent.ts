/**
 * A server-sent event: a message to a page over an answer that stays open.
 * Source: section 9.2 (`text/event-stream`) of the HTML standard.
 */

// model

export interface ServerSentEvent {
  /** The page sends it when it reconnects. One line. */
  readonly id: string
  /** One line. */
  readonly event: string
  readonly data: string
}

// encoding

/** The bytes on the wire, as text. A line break in the data starts another `data` line, which the reader joins by a line feed. */
export const print = ({ id, event, data }: ServerSentEvent): string => {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  return `event: ${event}\n${lines.join('')}id: ${id}\n\n`
}
