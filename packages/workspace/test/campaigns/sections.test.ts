import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/campaigns/Campaign.ts'
import { CAMPAIGNS, reportPath } from '../../src/campaigns/campaigns.ts'
import { root } from '../../src/lint/Workspace.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const sections = suite('the sections of documents that show the reports of campaigns')

for (const { name, section } of CAMPAIGNS) {
  if (section === undefined) continue
  sections(`${name}: is what the committed report gives`, () => {
    const text = read(section.document)
    const report: unknown = JSON.parse(read(reportPath(name)))
    assert.is(_.withSection(name, section.text(report), text), text, `run campaign ${name}`)
  })
}

sections('a section is replaced, and what surrounds it stays', () => {
  const [start, end] = ['<!-- campaign a -->\n', '<!-- end of campaign a -->\n']
  const text = `before\n${start}old\n${end}after\n`
  assert.is(_.withSection('a', 'new', text), `before\n${start}\nnew\n\n${end}after\n`)
})

sections('a document without a place for it is refused', () => {
  assert.throws(() => _.withSection('a', 'new', 'no place'), /no place for campaign a/)
})

sections.run()
