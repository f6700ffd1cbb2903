/** Five million spans through the gateway: nothing lost, memory flat, figures that agree to the unit. */
import type { Campaign } from '../Campaign.ts'
import { loadRun } from './loadRun.ts'

const SPANS = 5_000_000

const CONNECTIONS = 8

const MIN_SECONDS = 600

/** After the warm-up, which is the first tenth; garbage is collected when Node likes. */
const MAX_GROWTH = 1.25

export const load: Campaign = {
  name: 'load',
  description: `${SPANS} spans in protobuf with gzip through serve into a sink`,
  run: async () => {
    const full = await loadRun({ spans: SPANS / 10, connections: CONNECTIONS, minSeconds: 0 })
    const long = await loadRun({ spans: SPANS, connections: CONNECTIONS, minSeconds: MIN_SECONDS })
    const [, early = 0, ...later] = long.residentMegabytes
    const highest = Math.max(...later)
    if (highest > early * MAX_GROWTH) throw new Error(`${highest} MB resident after ${early}`)
    return { asFastAsPossible: full, tenMinutes: long }
  },
}
