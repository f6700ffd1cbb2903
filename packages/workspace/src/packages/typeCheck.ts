/** Type-checks a consumer with the compilers and the modes of module resolution of users, library types included. */
import { join } from 'node:path'
import * as Consumer from './Consumer.ts'
import { npmInstall } from './npmInstall.ts'
import { runNode } from './run.ts'

// model

/** A folder that holds every compiler under a name of its own. */
export interface Compilers {
  readonly folder: string
  readonly names: ReadonlyArray<string>
}

// constructors

const VERSIONS = { 'typescript-5.9': '5.9.3', 'typescript-6': '6.0.3', 'typescript-7': '7.0.2' }

export const install = async (folder: string): Promise<Compilers> => {
  const dependencies = Object.fromEntries(
    Object.entries(VERSIONS).map(([name, version]) => [name, `npm:typescript@${version}`]),
  )
  await npmInstall(folder, dependencies)
  return { folder, names: Object.keys(VERSIONS) }
}

// running

/** The modes of module resolution, each with the library types of its runtime. */
const MODES: ReadonlyMap<string, object> = new Map([
  ['nodenext', { module: 'nodenext', moduleResolution: 'nodenext', lib: ['es2022'] }],
  ['bundler', { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] }],
])

/** The messages of each compiler about the files, in each mode; empty without problems. */
export const typeCheck = async (
  compilers: Compilers,
  consumer: Consumer.Consumer,
  files: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const problems: Array<string> = []
  for (const [mode, options] of MODES) {
    const compilerOptions = { ...STRICT, ...options }
    Consumer.write(consumer, `tsconfig.${mode}.json`, JSON.stringify({ compilerOptions, files }))
    for (const name of compilers.names) {
      const tsc = join(compilers.folder, 'node_modules', name, 'bin', 'tsc')
      await runNode([tsc, '--pretty', 'false', '-p', `tsconfig.${mode}.json`], {
        cwd: consumer.folder,
      }).catch((error: Error) => problems.push(`${name}, ${mode}: ${error.message}`))
    }
  }
  return problems
}

const STRICT: object = {
  target: 'es2022',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
}
