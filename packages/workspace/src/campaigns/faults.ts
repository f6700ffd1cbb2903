/** Ten thousand envelopes through twenty profiles of faults. */

import { profiles } from '../faults/FaultProfile.ts'
import { type FaultReport, runFaults } from '../faults/runFaults.ts'
import type { Campaign } from './Campaign.ts'

const ENVELOPES = 500

const SEED = 20_261_122

/** Throws if anything does not hold. */
export const runAllFaults = async (envelopes: number): Promise<ReadonlyArray<FaultReport>> => {
  const reports: Array<FaultReport> = []
  for (const [index, profile] of profiles.entries()) {
    const report = await runFaults({ profile, envelopes, seed: SEED + index })
    if (report.problems.length > 0) {
      throw new Error(`${profile.name}: ${report.problems.slice(0, 5).join('; ')}`)
    }
    reports.push(report)
  }
  return reports
}

export const faults: Campaign = {
  name: 'faults',
  description: `${profiles.length} profiles of faults, ${ENVELOPES} envelopes through each`,
  run: async () => ({
    seed: SEED,
    envelopes: ENVELOPES * profiles.length,
    profiles: (await runAllFaults(ENVELOPES)).map(({ problems: _, ...report }) => report),
  }),
}
