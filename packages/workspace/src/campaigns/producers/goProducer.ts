/** Go with the SDK and both exporters for OTLP. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lint/Workspace.ts'
import { missing, type Producer } from './Producer.ts'
import { runTool, tryTool } from './runTool.ts'

const SOURCES = join(root, 'packages', 'workspace', 'fixtures', 'producers', 'go')

const SDK = /go\.opentelemetry\.io\/otel\/sdk v\S+/

export const goProducer: Producer = {
  language: 'Go',
  prepare: async (folder) => {
    const version = await tryTool('go', ['version'])
    if (version === undefined) return missing('go is not installed')
    cpSync(SOURCES, folder, { recursive: true })
    const program = join(folder, 'shop')
    const built = await tryTool('go', ['build', '-o', program, '.'], { cwd: folder })
    if (built === undefined) return missing('the modules of Go cannot be installed or built')
    const [sdk = 'unknown'] = SDK.exec(readFileSync(join(folder, 'go.mod'), 'utf8')) ?? []
    return {
      _tag: 'Ready',
      versions: [version, sdk],
      run: async (env) => {
        await runTool(program, [], { env })
      },
    }
  },
}
