/** `test [PATTERN...]`: all test files of the workspace, or those whose path contains a pattern. */
import { join } from 'node:path'
import { filesBelow, root } from '../lint/Workspace.ts'
import * as Report from '../runner/Report.ts'
import { runAll } from '../runner/runAll.ts'

const patterns = process.argv.slice(2)
const files = ['packages', 'examples']
  .flatMap((folder) => filesBelow(join(root, folder), (path) => path.endsWith('.test.ts')))
  .filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))

const report = await runAll({ root, files, print: console.log })
console.log(`\n${Report.show(report)}`)
process.exitCode = Report.isGood(report) ? 0 : 1
