/** The variables that the guide of the gateway sets for a language, so that a campaign uses what the guide states. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Fence from '../../codeBlocks/Fence.ts'
import { root } from '../../lint/Workspace.ts'

const GUIDE = 'docs/guides/gateway.md'

const EXPORT = /^export (\w+)=(.*)$/gm

/** `heading` is that of the language: `Python`. */
export const guideVariables = (heading: string): Readonly<Record<string, string>> => {
  const [, part = ''] = readFileSync(join(root, GUIDE), 'utf8').split(`\n### ${heading}\n`)
  const [section = ''] = part.split('\n#')
  const blocks = Fence.parse(GUIDE, section).filter(({ language }) => language === 'sh')
  const found = blocks.flatMap(({ text }) =>
    [...text.matchAll(EXPORT)].map(([, name = '', value = '']) => [name, value] as const),
  )
  if (found.length === 0) throw new Error(`${GUIDE} sets no variables for ${heading}`)
  return Object.fromEntries(found)
}
