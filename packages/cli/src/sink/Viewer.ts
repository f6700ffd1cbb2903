/**
 * The page of the sink: the built files of Spotlight, Sentry's viewer for development. Its package is optional. Only the files
 * of its page are used, since its server listens on all interfaces and sends telemetry.
 *
 * The files are listed once. A request can only name one of them, so that no path leads out of the folder.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from '#fp-ts/Either'
import * as Reply from './Reply.ts'

// model

export interface Viewer {
  /** The location of each file, by the path of its URL. */
  readonly files: ReadonlyMap<string, string>
}

const INDEX = '/index.html'

const START = '/assets/main.js'

const APP = '/assets/index.js'

/**
 * Replaces the viewer's own start file, which loads a telemetry module and connects to port 8969 whatever its own address is.
 * The application imports its loader of further modules from this file.
 */
const START_SCRIPT = `import { _init } from './index.js'
export function _(load) { return load() }
_init({ sidecarUrl: new URL('/stream', location.href).href })
`

const SCRIPT = 'text/javascript; charset=utf-8'

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', SCRIPT],
  ['.json', 'application/json'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
])

// constructors

/** The installed viewer; `undefined` if there is none, or if its files are not those of the known version. */
export const find = (
  resolve: (specifier: string) => string = (specifier) => import.meta.resolve(specifier),
): Viewer | undefined => {
  const viewer = E.tryCatch(
    () => ofFolder(fileURLToPath(new URL('../ui/', resolve('@spotlightjs/spotlight')))),
    () => undefined,
  )
  return E.isRight(viewer) ? viewer.right : undefined
}

/** The files in a folder with the known page. Symbolic links are not followed. */
export const ofFolder = (folder: string): Viewer | undefined => {
  const entries = E.tryCatch(
    () => readdirSync(folder, { recursive: true, withFileTypes: true }),
    () => undefined,
  )
  if (E.isLeft(entries)) return undefined
  const files = new Map(
    entries.right
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path]),
  )
  return files.has(INDEX) && files.has(START) && offersStart(files.get(APP)) ? { files } : undefined
}

const offersStart = (app: string | undefined): boolean =>
  app !== undefined && /\bas _init\b/.test(readFileSync(app, 'utf8'))

// running

/** Answers with a file. A path without an extension is a view of the page, which reads the path itself. */
export const reply = async ({ files }: Viewer, pathname: string): Promise<Reply.Reply> => {
  if (pathname === START) return { status: 200, type: SCRIPT, body: START_SCRIPT }
  const known = files.get(pathname) ?? (extname(pathname) === '' ? files.get(INDEX) : undefined)
  if (known === undefined) return Reply.json(404, { detail: 'not found' })
  return {
    status: 200,
    type: TYPES.get(extname(known)) ?? 'application/octet-stream',
    body: await readFile(known),
  }
}
