/** A sender that does everything right, from time to time: it must always be served. */
import { exchange } from './rawHttp.ts'
import { TOKEN } from './Target.ts'

// model

export interface Probe {
  /** Ends the sender. Gives the number of its requests and the longest time of one. Throws if one was not taken. */
  readonly end: () => Promise<{ readonly requests: number; readonly longestMillis: number }>
}

const PAUSE_MILLIS = 200

const REQUEST = `POST /v1/traces HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"resourceSpans":[]}`

// running

export const start = (port: number): Probe => {
  let isEnded = false
  let requests = 0
  let longestMillis = 0
  const run = async (): Promise<void> => {
    while (!isEnded) {
      const startMillis = performance.now()
      const { status, text } = await exchange(port, [REQUEST])
      if (status !== 200) throw new Error(`a valid request was answered with ${text.slice(0, 300)}`)
      requests++
      longestMillis = Math.max(longestMillis, performance.now() - startMillis)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS))
    }
  }
  const running = run()
  // The error is thrown by `end`.
  running.catch(() => undefined)
  return {
    end: async () => {
      isEnded = true
      await running
      return { requests, longestMillis: Math.round(longestMillis) }
    },
  }
}
