/** Other implementations, in a folder with a lockfile of its own: `bench/peers`. They are there if somebody installed them. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

// model

const folder = new URL('../../../bench/peers/', import.meta.url)

const manifest = (path: string): Record<'version' | 'dependencies', unknown> =>
  JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

// guards

/** Whether each is there, in the version that is measured. */
export const areInstalled = (): boolean => {
  const { dependencies } = manifest('package.json')
  return Object.entries(Object(dependencies)).every(([name, version]) => {
    const path = `node_modules/${name}/package.json`
    return existsSync(new URL(path, folder)) && manifest(path).version === version
  })
}

// folds

/** The version of a peer that is installed. */
export const versionOf = (name: string): unknown =>
  manifest(`node_modules/${name}/package.json`).version

// constructors

export const INSTALL = 'npx --yes pnpm@10.34.9 --dir packages/workspace/bench/peers install'

export const NOT_INSTALLED: string = `peers are not measured, since they are not installed: ${INSTALL}`

/** The module of a peer. */
export const load = <A>(name: string): A => createRequire(new URL('package.json', folder))(name)
