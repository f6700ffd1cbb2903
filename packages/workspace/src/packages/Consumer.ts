/** The project of a user, in a folder of its own, that has installed the packed packages with npm. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Sink from '@sentry-exporter/cli/Sink'
import { root } from '../lint/Workspace.ts'
import * as Recorded from '../Recorded.ts'
import { npmInstall } from './npmInstall.ts'
import { type Printed, runNode } from './run.ts'
import type { Tarball } from './Tarball.ts'

// model

export interface Consumer {
  readonly folder: string
}

// constructors

/** Installs the tarballs, and other packages in exact versions from the registry. */
export const install = async (
  folder: string,
  tarballs: ReadonlyArray<Tarball>,
  others: Readonly<Record<string, string>>,
): Promise<Consumer> => {
  const packed = tarballs.map(({ name, path }) => [name, `file:${path}`])
  await npmInstall(folder, { ...Object.fromEntries(packed), ...others })
  const trace = readFileSync(join(root, 'examples/demo/otlp/0001-traces.json'), 'utf8')
  writeFileSync(join(folder, 'trace.json'), Recorded.renewed(trace, Date.now()))
  return { folder }
}

// running

export const write = ({ folder }: Consumer, name: string, text: string): void =>
  writeFileSync(join(folder, name), text)

/** The output of a program, and the types of the items that the sink received, sorted. */
export interface ProgramResult extends Printed {
  readonly types: ReadonlyArray<string>
}

/** Runs a program of the consumer with `SENTRY_DSN` leading to a sink on this machine. */
export const runProgram = async ({ folder }: Consumer, name: string): Promise<ProgramResult> => {
  const types: Array<string> = []
  const sink = await Sink.open({
    port: 0,
    onEnvelope: ({ items }) => types.push(...items.map(({ header }) => header.type)),
    page: () => '',
  })
  try {
    const place = { cwd: folder, env: { SENTRY_DSN: sink.dsn } }
    return { ...(await runNode([name], place)), types: types.sort() }
  } finally {
    await sink.close()
  }
}
