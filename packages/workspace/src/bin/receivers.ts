/** Opens receivers for `campaign fuzz-http`, in a process of its own. Sends their ports, and its memory for each message. */
import * as Target from '../campaigns/receiverFuzz/Target.ts'

const target = await Target.open({ readTimeoutMillis: 5_000 })

const report = async (): Promise<void> => {
  const { httpPort, grpcPort } = target
  process.send?.({ httpPort, grpcPort, residentBytes: await target.residentBytes() })
}

process.on('message', () => void report())
process.on('disconnect', () => void target.close())

await report()
