/** Ten thousand envelopes through twenty mixes of faults. */

import { profiles } from '../faults/FaultProfile.ts'
import { type Report, runFaults } from '../faults/runFaults.ts'
import type { Campaign } from './Campaign.ts'

const ENVELOPES = 500

const SEED = 20_261_122

/** Throws if anything does not hold. */
export const runAllFaults = async (envelopes: number): Promise<ReadonlyArray<Report>> => {
  const reports: Array<Report> = []
  for (const [index, mix] of profiles.entries()) {
    const report = await runFaults({ mix, envelopes, seed: SEED + index })
    if (report.complaints.length > 0) {
      throw new Error(`${mix.name}: ${report.complaints.slice(0, 5).join('; ')}`)
    }
    reports.push(report)
  }
  return reports
}

export const faults: Campaign = {
  name: 'faults',
  says: `${profiles.length} mixes of faults, ${ENVELOPES} envelopes through each`,
  run: async () => ({
    seed: SEED,
    envelopes: ENVELOPES * profiles.length,
    mixes: (await runAllFaults(ENVELOPES)).map(({ complaints: _, ...report }) => report),
  }),
}
