/**
 * A server-sent event: what a page hears of a server that keeps an answer open.
 * Source: section 9.2 (`text/event-stream`) of the HTML standard.
 */

// model

export interface ServerSentEvent {
  /** What the page tells when it comes back. One line. */
  readonly id: string
  /** One line. */
  readonly event: string
  readonly data: string
}

// destructors

/** As it goes over the wire. A line break in the data begins another `data` line, and is a line feed to the reader. */
export const print = ({ id, event, data }: ServerSentEvent): string => {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  return `event: ${event}\n${lines.join('')}id: ${id}\n\n`
}
