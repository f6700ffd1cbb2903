/** Makes a folder a project of npm, with packages in exact versions. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

export const npmInstall = async (
  folder: string,
  dependencies: Readonly<Record<string, string>>,
): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  const words = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  await run('npm', words, { cwd: folder })
}
