/** Type-checks a consumer with the compilers and the modes of module resolution of users, library types included. */
import { extname, join } from 'node:path'
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

/** The modes of module resolution, each with the library types of its runtime, and the kinds of files that it compiles. */
const MODES: ReadonlyArray<{
  readonly options: { readonly module: string; readonly [option: string]: unknown }
  readonly extensions: ReadonlyArray<string>
}> = [
  { options: { module: 'nodenext', lib: ['es2022'] }, extensions: ['.ts', '.cts'] },
  { options: { module: 'node20', lib: ['es2022'] }, extensions: ['.ts', '.cts'] },
  {
    options: { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'] },
    extensions: ['.ts'],
  },
]

/** The messages of each compiler about the files, in each mode; empty without problems. A file `.cts` is a CommonJS module. */
export const typeCheck = async (
  compilers: Compilers,
  consumer: Consumer.Consumer,
  files: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const problems: Array<string> = []
  for (const { options, extensions } of MODES) {
    const mode = options.module
    const compiled = files.filter((file) => extensions.includes(extname(file)))
    const tsconfig = { compilerOptions: { ...STRICT, ...options }, files: compiled }
    Consumer.write(consumer, `tsconfig.${mode}.json`, JSON.stringify(tsconfig))
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
