/** Five million spans through the gateway: nothing lost, memory flat, figures that agree to the unit. */
import type { Campaign } from '../Campaign.ts'
import { loadRun } from './loadRun.ts'

const SPANS = 5_000_000

const CONNECTIONS = 8

const MIN_SECONDS = 600

/** In tenths of the run: until a million sent spans are remembered, and buffers have their sizes. */
const WARM_UP = 4

/** Garbage is collected when Node likes. */
const MAX_GROWTH = 1.15

export const load: Campaign = {
  name: 'load',
  description: `${SPANS} spans in protobuf with gzip through serve into a sink`,
  run: async () => {
    const full = await loadRun({ spans: SPANS / 10, connections: CONNECTIONS, minSeconds: 0 })
    const long = await loadRun({ spans: SPANS, connections: CONNECTIONS, minSeconds: MIN_SECONDS })
    const { residentMegabytes } = long
    const warm = residentMegabytes[WARM_UP - 1] ?? 0
    const highest = Math.max(...residentMegabytes.slice(WARM_UP))
    if (highest > warm * MAX_GROWTH) throw new Error(`${highest} MB resident after ${warm}`)
    return { asFastAsPossible: full, tenMinutes: long }
  },
}
