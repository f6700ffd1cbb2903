/** `campaign NAME`: a long run of checks; its report is written to `docs/design/campaigns/NAME.json`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assembly } from '../campaigns/assembly.ts'
import { bytePath } from '../campaigns/bytePath.ts'
import type { Campaign } from '../campaigns/Campaign.ts'
import { faults } from '../campaigns/faults.ts'
import { fuzzHttp } from '../campaigns/fuzzHttp.ts'
import { load } from '../campaigns/load/load.ts'
import { overload } from '../campaigns/overload.ts'
import { producers } from '../campaigns/producers/producers.ts'
import { protobuf } from '../campaigns/protobuf.ts'
import { reload } from '../campaigns/reload/reload.ts'
import { replay } from '../campaigns/replay/replay.ts'
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
  replay,
  reload,
  rollingRestart,
  bytePath,
  runtimesCampaign,
  trafficCampaign,
]

const HELD = 'held'

const [wanted] = process.argv.slice(2)
const campaign = CAMPAIGNS.find(({ name }) => name === wanted)

if (campaign === undefined) {
  console.error('Usage: campaign NAME\n')
  for (const { name, description } of CAMPAIGNS) console.error(`  ${name}: ${description}`)
  process.exitCode = 2
} else {
  const start = Date.now()
  const { result = HELD, ...found } = await campaign.run()
  const report = { campaign: campaign.name, ...found, result }
  const folder = join(root, 'docs', 'design', 'campaigns')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${campaign.name}.json`), `${JSON.stringify(report, null, 2)}\n`)
  console.log(`${campaign.name}: ${result}, in ${Math.round((Date.now() - start) / 1000)} s`)
  if (result !== HELD) process.exitCode = 1
}
