/** A sink that never answers, and a million spans: memory is bounded, and every span is counted. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as FaultServer from '../faults/FaultServer.ts'
import type { Campaign } from './Campaign.ts'
import { BOUND_BYTES, type OverloadReport } from './overloadRun.ts'

const SPANS = 1_000_000

/** Memory that the design allows beside the bound: the runtime, the code, and garbage that is not collected yet. */
const BESIDE_BYTES = 150 * 1024 * 1024

/**
 * Maximum heaps in megabytes: the default of Node on a machine with just the allowed memory (half of it), on a machine with two
 * gigabytes, and on this machine. A larger heap may keep garbage longer.
 */
const HEAPS_MEGABYTES = [107, 1024, undefined]

export const overload: Campaign = {
  name: 'overload',
  description: `${SPANS} spans for a sink that never answers`,
  run: async () => {
    const allowed = megabytes(BOUND_BYTES + BESIDE_BYTES)
    const server = await FaultServer.open({
      next: () => ({ _tag: 'NoAnswer', isTaken: false }),
    })
    const runs: Array<OverloadReport & { readonly heapMegabytes: number | 'as Node has it' }> = []
    try {
      for (const heap of HEAPS_MEGABYTES) {
        const flags = heap === undefined ? [] : [`--max-old-space-size=${heap}`]
        const seen = await inProcess(flags, server.origin)
        if (seen.residentMegabytes > allowed) {
          throw new Error(`${seen.residentMegabytes} MB resident, more than ${allowed}`)
        }
        runs.push({ heapMegabytes: heap ?? 'as Node has it', ...seen })
      }
    } finally {
      await server.close()
    }
    return { boundMegabytes: megabytes(BOUND_BYTES), allowedMegabytes: allowed, runs }
  },
}

/** Each in a process of its own. */
const inProcess = async (flags: ReadonlyArray<string>, origin: string): Promise<OverloadReport> => {
  const program = fileURLToPath(new URL('../bin/overload.js', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, program, origin, String(SPANS)],
    { encoding: 'utf8', timeout: 600_000 },
  )
  return JSON.parse(stdout)
}

const megabytes = (bytes: number): number => bytes / 1024 / 1024
