/**
 * The page that shows what came: the built files of Spotlight, Sentry's own viewer for a developer's machine. Its package is
 * optional. Only the files of its page are used: its server listens on all interfaces and reports home.
 *
 * Files are found once. A request can only name one of them, so no path leads out of the folder.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from '#fp-ts/Either'
import * as Reply from './Reply.ts'

// model

export interface Viewer {
  /** Where each file is, by the path of its URL. */
  readonly files: ReadonlyMap<string, string>
}

// constructors

/** The one that is installed beside this package; none if there is none, or if it is not as it was known to be. */
export const find = (
  resolve: (specifier: string) => string = (specifier) => import.meta.resolve(specifier),
): Viewer | undefined => {
  const viewer = E.tryCatch(
    () => ofFolder(fileURLToPath(new URL('../ui/', resolve('@spotlightjs/spotlight')))),
    () => undefined,
  )
  return E.isRight(viewer) ? viewer.right : undefined
}

/** All files in a folder that holds the page as it was known to be. Links to other places are not followed. */
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

// destructors

/** Answers with a file. What is no file is a view of the page, which finds its way by the path itself. */
export const reply = async ({ files }: Viewer, pathname: string): Promise<Reply.Reply> => {
  if (pathname === START) return { status: 200, type: SCRIPT, body: START_HERE }
  const known = files.get(pathname) ?? (extname(pathname) === '' ? files.get(INDEX) : undefined)
  if (known === undefined) return Reply.json(404, { detail: 'not found' })
  return {
    status: 200,
    type: TYPES.get(extname(known)) ?? 'application/octet-stream',
    body: await readFile(known),
  }
}

const INDEX = '/index.html'

const START = '/assets/main.js'

const APP = '/assets/index.js'

/**
 * Instead of the viewer's own start, which loads a part that reports home, and then listens to port 8969 wherever it came
 * from. The application takes from this module how it loads its further parts.
 */
const START_HERE = `import { _init } from './index.js'
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
