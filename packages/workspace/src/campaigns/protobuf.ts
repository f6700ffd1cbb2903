/** The laws of reading protobuf: a million mutated bodies, and many generated requests. */
import * as protobufLaws from '../laws/protobufLaws.ts'
import type { Campaign } from './Campaign.ts'

const MUTATIONS = 1_000_000

const REQUESTS = 50_000

const SEED = 20_261_129

export const protobuf: Campaign = {
  name: 'protobuf',
  description: `${MUTATIONS} mutated bodies, ${REQUESTS} generated requests against another decoder`,
  run: () => {
    protobufLaws.equalSpans.check({ runs: REQUESTS, seed: SEED })
    protobufLaws.equalRecords.check({ runs: REQUESTS, seed: SEED })
    protobufLaws.equalMetrics.check({ runs: REQUESTS, seed: SEED })
    protobufLaws.mutated.check({ runs: MUTATIONS, seed: SEED })
    return { seed: SEED, requests: REQUESTS, mutations: MUTATIONS }
  },
}
