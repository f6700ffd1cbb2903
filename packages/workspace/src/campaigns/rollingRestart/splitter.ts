/**
 * Divides requests between replicas by the ids of traces, as the Collector's exporter `loadbalancing` does, and sends a part again until
 * its replica has taken it: a replica that restarts refuses connections for a while.
 */
import { Agent, request } from 'node:http'

// model

/** A span as JSON. */
interface SpanText {
  readonly traceId: string
  readonly spanId: string
}

export interface Splitter {
  /** Resolves when all replicas have taken their spans. */
  readonly send: (spans: ReadonlyArray<SpanText>) => Promise<void>
  readonly retries: SplitterRetries
  readonly close: () => void
}

export interface SplitterRetries {
  /** Nothing listened. */
  refused: number
  /** 503: the replica was shutting down. */
  busy: number
  /** The connection ended before an answer came. */
  broken: number
}

const RETRY_MILLIS = 50

const MAX_ATTEMPTS = 1_200

// running

export const make = (ports: ReadonlyArray<number>): Splitter => {
  const agent = new Agent({ keepAlive: true })
  const retries: SplitterRetries = { refused: 0, busy: 0, broken: 0 }
  const sendTo = async (port: number, spans: ReadonlyArray<SpanText>): Promise<void> => {
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const answer = await post(agent, port, body)
      if (answer === 'taken') return
      retries[answer]++
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS))
    }
    throw new Error(`the replica at port ${port} does not come back`)
  }
  return {
    retries,
    close: () => agent.destroy(),
    send: async (spans) => {
      await Promise.all(
        ports.map((port, index) => {
          const part = spans.filter(({ traceId }) => indexOf(traceId, ports.length) === index)
          return part.length === 0 ? undefined : sendTo(port, part)
        }),
      )
    },
  }
}

/** The replica of a trace. */
const indexOf = (traceId: string, replicas: number): number =>
  Number.parseInt(traceId.slice(-4), 16) % replicas

const post = (agent: Agent, port: number, body: string): Promise<'taken' | keyof SplitterRetries> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length }
    const options = { agent, host: '127.0.0.1', port, path: '/v1/traces', method: 'POST', headers }
    const sending = request(options, (response) => {
      const { statusCode } = response
      response.resume()
      response.on('error', () => resolve('broken'))
      response.on('end', () => {
        if (statusCode === 200) resolve('taken')
        else if (statusCode === 503) resolve('busy')
        else reject(new Error(`the answer ${statusCode}`))
      })
    })
    sending.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'broken'),
    )
    sending.end(body)
  })
