/** One file with everything that a runtime has to load for a program. */
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Program } from './Runtime.ts'

// model

export interface ProgramBundle {
  readonly text: string
  /** Bytes. */
  readonly minified: number
  readonly compressed: number
}

export interface BundleOptions {
  readonly conditions: ReadonlyArray<string>
  /** A package by its name, and the path of the copy that all modules use. */
  readonly alias?: Readonly<Record<string, string>>
}

// constructors

/** Modules of the runtime itself stay outside. */
export const bundle = async (
  { source, folder }: Program,
  { conditions, alias = {} }: BundleOptions,
): Promise<ProgramBundle> => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder },
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    platform: conditions.includes('node') ? 'node' : 'browser',
    conditions: [...conditions],
    alias: { ...alias },
    external: ['node:*', 'cloudflare:*'],
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text ?? ''
  return {
    text,
    minified: Buffer.byteLength(text),
    compressed: gzipSync(text, { level: 9 }).length,
  }
}
