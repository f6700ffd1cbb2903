/** `campaign NAME`: a long run of checks; its report is written to `docs/design/campaigns/NAME.json`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assembly } from '../campaigns/assembly.ts'
import type { Campaign } from '../campaigns/Campaign.ts'
import { faults } from '../campaigns/faults.ts'
import { fuzzHttp } from '../campaigns/fuzzHttp.ts'
import { load } from '../campaigns/load/load.ts'
import { overload } from '../campaigns/overload.ts'
import { producers } from '../campaigns/producers/producers.ts'
import { protobuf } from '../campaigns/protobuf.ts'
import { reload } from '../campaigns/reload/reload.ts'
import { rollingRestart } from '../campaigns/rollingRestart/rollingRestart.ts'
import { runtimesCampaign } from '../campaigns/runtimes.ts'
import { trafficCampaign } from '../campaigns/trafficCampaign.ts'
import { root } from '../lint/Workspace.ts'

const CAMPAIGNS: ReadonlyArray<Campaign> = [
  assembly,
  faults,
  fuzzHttp,
  load,
  overload,
  producers,
  protobuf,
  reload,
  rollingRestart,
  runtimesCampaign,
  trafficCampaign,
]

const [wanted] = process.argv.slice(2)
const campaign = CAMPAIGNS.find(({ name }) => name === wanted)

if (campaign === undefined) {
  console.error('Usage: campaign NAME\n')
  for (const { name, description } of CAMPAIGNS) console.error(`  ${name}: ${description}`)
  process.exitCode = 2
} else {
  const start = Date.now()
  const report = { campaign: campaign.name, ...(await campaign.run()), result: 'held' }
  const folder = join(root, 'docs', 'design', 'campaigns')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${campaign.name}.json`), `${JSON.stringify(report, null, 2)}\n`)
  console.log(`${campaign.name}: held, in ${Math.round((Date.now() - start) / 1000)} s`)
}
