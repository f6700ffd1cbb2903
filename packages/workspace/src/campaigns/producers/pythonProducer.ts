/** Python under `opentelemetry-instrument`, in a virtual environment. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lint/Workspace.ts'
import { missing, type Producer } from './Producer.ts'
import { runTool, tryTool } from './runTool.ts'

const SOURCES = join(root, 'packages', 'workspace', 'fixtures', 'producers', 'python')

export const pythonProducer: Producer = {
  language: 'Python',
  prepare: async (folder) => {
    const version = await tryTool('python3', ['--version'])
    if (version === undefined) return missing('python3 is not installed')
    const made = await tryTool('python3', ['-m', 'venv', folder])
    if (made === undefined) return missing('python3 has no module venv')
    const requirements = join(SOURCES, 'requirements.txt')
    const bin = (name: string): string => join(folder, 'bin', name)
    const installed = await tryTool(bin('pip'), ['install', '--quiet', '-r', requirements])
    if (installed === undefined) return missing('the packages of Python cannot be installed')
    return {
      _tag: 'Ready',
      versions: [version, ...readFileSync(requirements, 'utf8').trim().split('\n')],
      run: async (env) => {
        await runTool(bin('opentelemetry-instrument'), [bin('python'), join(SOURCES, 'app.py')], {
          env,
        })
      },
    }
  },
}
