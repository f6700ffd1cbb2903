/** `campaign NAME`: a long run of checks; its report is written to `docs/design/campaigns/NAME.json`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withSection } from '../campaigns/Campaign.ts'
import { CAMPAIGNS, reportPath } from '../campaigns/campaigns.ts'
import { root } from '../lint/Workspace.ts'

const HELD = 'held'

const [wanted] = process.argv.slice(2)
const campaign = CAMPAIGNS.find(({ name }) => name === wanted)

if (campaign === undefined) {
  console.error('Usage: campaign NAME\n')
  for (const { name, description } of CAMPAIGNS) console.error(`  ${name}: ${description}`)
  process.exitCode = 2
} else {
  const { name, section } = campaign
  const start = Date.now()
  const { result = HELD, ...found } = await campaign.run()
  const report = { campaign: name, ...found, result }
  const path = join(root, reportPath(name))
  mkdirSync(dirname(path), { recursive: true })
  const text = `${JSON.stringify(report, null, 2)}\n`
  writeFileSync(path, text)
  if (section !== undefined) {
    const document = join(root, section.document)
    const written = withSection(
      name,
      section.text(JSON.parse(text)),
      readFileSync(document, 'utf8'),
    )
    writeFileSync(document, written)
  }
  console.log(`${name}: ${result}, in ${Math.round((Date.now() - start) / 1000)} s`)
  if (result !== HELD) process.exitCode = 1
}
