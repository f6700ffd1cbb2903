/** The laws of the byte path: a million damaged requests, and many that are made anew. */
import * as bytePathLaws from '../laws/bytePathLaws.ts'
import type { Campaign } from './Campaign.ts'

const DAMAGED = 1_000_000

const REQUESTS = 30_000

const SEED = 20_261_129

export const bytePath: Campaign = {
  name: 'byte-path',
  description: `${DAMAGED} damaged requests, ${REQUESTS} generated ones in each encoding, both paths compared`,
  run: () => {
    bytePathLaws.ofProtobuf.check({ runs: REQUESTS, seed: SEED })
    bytePathLaws.ofJson.check({ runs: REQUESTS, seed: SEED })
    bytePathLaws.ofDamaged.check({ runs: DAMAGED, seed: SEED })
    return { seed: SEED, requests: REQUESTS, damaged: DAMAGED }
  },
}
