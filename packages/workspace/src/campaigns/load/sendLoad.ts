/** Sends generated spans over several connections to a receiver, and measures how long it takes to answer. */
import { Agent, request } from 'node:http'
import * as TraceTemplate from './TraceTemplate.ts'

// model

export interface LoadPlan {
  readonly port: number
  readonly spans: number
  readonly connections: number
  /** The sending lasts at least so long: it is slowed down for that. */
  readonly minSeconds: number
}

export interface LoadReport {
  readonly spans: number
  readonly requests: number
  /** Requests that were refused with 503, and sent again. */
  readonly refused: number
  readonly seconds: number
  readonly p50Millis: number
  readonly p99Millis: number
}

interface Answer {
  readonly status: number
  readonly retryAfterSeconds: number
}

// running

/** Throws if a request gets another answer than 200 and 503. */
export const sendLoad = async ({
  port,
  spans,
  connections,
  minSeconds,
}: LoadPlan): Promise<LoadReport> => {
  const templates = TraceTemplate.make(Date.now())
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const durations: Array<number> = []
  let [sent, number, refused] = [0, 0, 0]
  const start = performance.now()
  const work = async (): Promise<void> => {
    while (sent < spans) {
      const template = templates[number % templates.length]
      if (template === undefined) return
      sent += template.spans
      const body = TraceTemplate.body(template, number++)
      for (;;) {
        const before = performance.now()
        const { status, retryAfterSeconds } = await post(agent, port, body)
        durations.push(performance.now() - before)
        if (status === 200) break
        if (status !== 503) throw new Error(`status ${status}`)
        refused++
        await sleep(retryAfterSeconds * 1_000)
      }
      const earlyMillis = start + (minSeconds * 1_000 * sent) / spans - performance.now()
      if (earlyMillis > 0) await sleep(earlyMillis)
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  agent.destroy()
  durations.sort((a, b) => a - b)
  const quantile = (share: number): number =>
    Math.round((durations[Math.floor(durations.length * share)] ?? 0) * 10) / 10
  return {
    spans: sent,
    requests: number,
    refused,
    seconds: (performance.now() - start) / 1_000,
    p50Millis: quantile(0.5),
    p99Millis: quantile(0.99),
  }
}

const sleep = (millis: number): Promise<void> => new Promise((done) => setTimeout(done, millis))

const post = (agent: Agent, port: number, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sending = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/v1/traces',
        method: 'POST',
        headers: {
          'content-type': 'application/x-protobuf',
          'content-encoding': 'gzip',
          'content-length': body.length,
        },
      },
      (response) => {
        response.resume()
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            retryAfterSeconds: Number(response.headers['retry-after'] ?? 0),
          }),
        )
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
