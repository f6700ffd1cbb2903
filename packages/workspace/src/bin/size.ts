/** `size [--check]`: writes `docs/sizes.md`, or compares it; fails if a bundle is above its budget and above the excess that the page explains. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lint/Workspace.ts'
import * as Sizes from '../size/Sizes.ts'

const path = join(root, 'docs', 'sizes.md')
const sizes = await Sizes.measure()

const problems = sizes
  .filter((size) => !Sizes.isKnown(size))
  .map(
    ({ part, platform, compressed }) =>
      `${part.name} for ${platform} has ${compressed} bytes, more than ${part.excess?.maxBytes ?? part.budget}`,
  )
if (!process.argv.includes('--check')) writeFileSync(path, Sizes.show(sizes))
else if (!Sizes.isCurrent(readFileSync(path, 'utf8'), sizes))
  problems.push('docs/sizes.md is out of date: run `pnpm run size`')

for (const problem of problems) console.error(problem)
console.log(`size: ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
