/** A server in the place of Sentry that only counts what comes. */
import { type EnvelopeServer, openEnvelopeServer } from '../../gateway/EnvelopeServer.ts'

// model

export interface SinkCounts {
  envelopes: number
  transactions: number
  /** Without the roots that were made for continuations. */
  spans: number
  errors: number
}

export interface CountingSink extends EnvelopeServer {
  readonly counts: SinkCounts
  /** Envelopes by the id of their project. */
  readonly projects: ReadonlyMap<string, number>
}

const LINE_FEED = 0x0a

// running

export const openCountingSink = async (): Promise<CountingSink> => {
  const counts: SinkCounts = { envelopes: 0, transactions: 0, spans: 0, errors: 0 }
  const projects = new Map<string, number>()
  const server = await openEnvelopeServer((bytes, path) => {
    count(counts, bytes)
    const project = /\/(\d+)\/envelope\//.exec(path)?.[1] ?? 'none'
    projects.set(project, (projects.get(project) ?? 0) + 1)
  })
  return { counts, projects, ...server }
}

const count = (counts: SinkCounts, bytes: Buffer): void => {
  counts.envelopes++
  let at = bytes.indexOf(LINE_FEED) + 1
  while (at > 0 && at < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, at)
    const { type, length } = JSON.parse(bytes.toString('utf8', at, end))
    if (type === 'event') counts.errors++
    if (type === 'transaction') {
      const { spans = [], contexts } = JSON.parse(bytes.toString('utf8', end + 1, end + 1 + length))
      counts.transactions++
      counts.spans += spans.length
      if (contexts.trace.data?.['sentry_exporter.synthetic'] !== true) counts.spans++
    }
    at = end + 1 + length + 1
  }
}
