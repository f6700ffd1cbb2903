/** Five million spans through the gateway: nothing lost, memory flat, figures that agree to the unit. */
import type { Campaign } from '../Campaign.ts'
import { loadRun } from './loadRun.ts'

const SPANS = 5_000_000

const CONNECTIONS = 8

const MIN_SECONDS = 600

/**
 * The last three tenths of the run against the three before. Until then a million sent spans are remembered, and buffers have
 * their sizes. Garbage is collected when Node likes, so that the highest values are compared.
 */
const MAX_GROWTH = 1.1

export const load: Campaign = {
  name: 'load',
  description: `${SPANS} spans in protobuf with gzip through serve into a sink`,
  run: async () => {
    const full = await loadRun({ spans: SPANS / 10, connections: CONNECTIONS, minSeconds: 0 })
    const long = await loadRun({ spans: SPANS, connections: CONNECTIONS, minSeconds: MIN_SECONDS })
    const { residentMegabytes } = long
    const before = Math.max(...residentMegabytes.slice(4, 7))
    const last = Math.max(...residentMegabytes.slice(7))
    if (last > before * MAX_GROWTH) throw new Error(`${last} MB resident after ${before}`)
    return { asFastAsPossible: full, tenMinutes: long }
  },
}
