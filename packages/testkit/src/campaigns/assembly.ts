/** The laws of the assembly by the ten thousand. */
import { all } from '../assemblyLaws.ts'
import type { Campaign } from './Campaign.ts'

const RUNS = 10_000

const SEED = 20_261_122

export const assembly: Campaign = {
  name: 'assembly',
  says: `each law of the assembly ${RUNS} times`,
  run: () => {
    for (const law of all) law.check({ runs: RUNS, seed: SEED })
    return { seed: SEED, runs: RUNS, laws: all.map(({ name }) => name) }
  },
}
