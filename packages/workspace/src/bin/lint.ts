/** `house [--write]`: complains about the structure of the workspace; writes the exports maps. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportsOf } from '../lint/exportsOf.ts'
import { inspect } from '../lint/inspect.ts'
import * as Violation from '../lint/Violation.ts'
import * as Workspace from '../lint/Workspace.ts'

if (process.argv.includes('--write')) {
  for (const house of Workspace.read().packages) {
    const manifest = { ...house.manifest, exports: exportsOf(house) }
    const path = join(Workspace.root, 'packages', house.folder, 'package.json')
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`)
  }
}

const complaints = inspect(Workspace.read())
for (const complaint of complaints) console.error(Violation.show(complaint))
console.log(`house: ${complaints.length === 0 ? 'in order' : `${complaints.length} complaints`}`)
process.exitCode = complaints.length === 0 ? 0 : 1
