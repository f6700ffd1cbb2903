/** Ten thousand envelopes through twenty mixes of faults. */

import { mixes } from '../faults/FaultProfile.ts'
import { endure, type Report } from '../faults/runFaults.ts'
import type { Campaign } from './Campaign.ts'

const ENVELOPES = 500

const SEED = 20_261_122

/** Throws if anything does not hold. */
export const endureAll = async (envelopes: number): Promise<ReadonlyArray<Report>> => {
  const reports: Array<Report> = []
  for (const [index, mix] of mixes.entries()) {
    const report = await endure({ mix, envelopes, seed: SEED + index })
    if (report.complaints.length > 0) {
      throw new Error(`${mix.name}: ${report.complaints.slice(0, 5).join('; ')}`)
    }
    reports.push(report)
  }
  return reports
}

export const faults: Campaign = {
  name: 'faults',
  says: `${mixes.length} mixes of faults, ${ENVELOPES} envelopes through each`,
  run: async () => ({
    seed: SEED,
    envelopes: ENVELOPES * mixes.length,
    mixes: (await endureAll(ENVELOPES)).map(({ complaints: _, ...report }) => report),
  }),
}
