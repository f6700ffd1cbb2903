/** Each law of the assembly, ten thousand times. */
import * as assemblyLaws from '../laws/assemblyLaws.ts'
import * as pendingLaws from '../laws/pendingLaws.ts'
import * as splitLaws from '../laws/splitLaws.ts'
import type { Campaign } from './Campaign.ts'

const LAWS = [...assemblyLaws.all, ...splitLaws.all, ...pendingLaws.all]

const RUNS = 10_000

const SEED = 20_261_122

export const assembly: Campaign = {
  name: 'assembly',
  description: `each law of the assembly ${RUNS} times`,
  run: () => {
    for (const law of LAWS) law.check({ runs: RUNS, seed: SEED })
    return { seed: SEED, runs: RUNS, laws: LAWS.map(({ name }) => name) }
  },
}
