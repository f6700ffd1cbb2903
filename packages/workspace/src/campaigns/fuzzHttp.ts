/** Hostile senders for the receivers of the gateway, in another process: its memory is bounded, and others are served. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Campaign } from './Campaign.ts'
import { type FuzzReport, runReceiverFuzz } from './receiverFuzz/runReceiverFuzz.ts'
import type { Target } from './receiverFuzz/Target.ts'

const SIZE = {
  seed: 20_261_129,
  requests: 200_000,
  calls: 20_000,
  bombBytes: 10 * 1024 ** 3,
  idleConnections: 2_000,
  slowConnections: 200,
  halfClosedConnections: 200,
  wrongTokens: 1_000,
}

/** The bodies under way hold at most 80 MB; beside them are the runtime, the code, and garbage that is not collected yet. */
const ALLOWED_MEGABYTES = 80 + 220

export const fuzzHttp: Campaign = {
  name: 'fuzz-http',
  description: `${SIZE.requests} mutated requests, ${SIZE.calls} mutated calls, bombs, slow and idle senders`,
  run: async () => {
    const target = await openInProcess()
    try {
      const report: FuzzReport = await runReceiverFuzz(target, SIZE)
      if (report.residentMegabytes > ALLOWED_MEGABYTES) {
        throw new Error(`${report.residentMegabytes} MB resident, more than ${ALLOWED_MEGABYTES}`)
      }
      return { ...report, allowedMegabytes: ALLOWED_MEGABYTES }
    } finally {
      await target.close()
    }
  },
}

/** The messages of `bin/receivers`. */
interface FromChild {
  readonly httpPort: number
  readonly grpcPort: number
  readonly residentBytes: number
}

const openInProcess = async (): Promise<Target> => {
  const child = fork(fileURLToPath(new URL('../bin/receivers.js', import.meta.url)))
  // The program sends nothing else.
  const answer = async (): Promise<FromChild> => (await once(child, 'message'))[0] as FromChild
  const { httpPort, grpcPort } = await answer()
  return {
    httpPort,
    grpcPort,
    residentBytes: async () => {
      const next = answer()
      child.send('memory')
      return (await next).residentBytes
    },
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
