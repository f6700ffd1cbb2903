/** Two hours of traffic, with the limits of a gateway and with limits that are reached. */
import * as Limits from '@sentry-exporter/core/Limits'
import { simulate, TIGHT } from '../laws/simulate.ts'
import type { Campaign } from './Campaign.ts'

const SECONDS = 7_200

const SEED = 20_261_122

export const trafficCampaign: Campaign = {
  name: 'traffic',
  description: 'two hours of simulated traffic through two replicas',
  run: () => ({
    seconds: SECONDS,
    seed: SEED,
    gateway: simulate({ seconds: SECONDS, seed: SEED, limits: Limits.gateway }),
    tight: simulate({ seconds: SECONDS, seed: SEED, limits: TIGHT }),
  }),
}
