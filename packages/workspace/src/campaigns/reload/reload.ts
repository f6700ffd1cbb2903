/** Fifty reloads of a `serve` process under load: nothing refused, nothing lost, no secret printed. */
import type { Campaign } from '../Campaign.ts'
import { reloadRun } from './reloadRun.ts'

const RELOADS = 50

export const reload: Campaign = {
  name: 'reload',
  description: `${RELOADS} signals to reload the configuration of serve, under load over HTTP and gRPC with TLS`,
  run: async () => ({ ...(await reloadRun(RELOADS)) }),
}
