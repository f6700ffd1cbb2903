/**
 * A real browser for tests of what a person sees: the Chromium of this machine, without a window. Tests are skipped where
 * there is none, unless REQUIRE_BROWSER=1.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { root } from '../lint/Workspace.ts'

// model

export interface Look {
  readonly page: Page
  /** Addresses outside of the page's own server that the page asked for, whether or not it got an answer. */
  readonly strangers: ReadonlyArray<string>
  /** Uncaught errors and rejections of the page so far. */
  readonly errors: ReadonlyArray<string>
}

export interface Sight {
  readonly url: string
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** The time of day for the page, so that pictures are the same every time. Default: that of the machine. */
  readonly nowMillis?: number
}

// constructors

const NAMED: string = process.env['CHROMIUM_PATH'] ?? ''

const PLACES: ReadonlyArray<string> =
  NAMED === ''
    ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    : [NAMED]

/** Where the browser is: where CHROMIUM_PATH description, or where it usually is; `undefined` where there is none. */
export const executable: string | undefined = PLACES.find((path) => existsSync(path))

/** Why there is none; `undefined` if there is one. */
export const missing: string | undefined =
  executable === undefined
    ? `no Chromium at ${PLACES.join(', ')}: install it, or set CHROMIUM_PATH`
    : undefined

// guards

/** Whether tests that need a browser are run. They are run, and fail, where one is required and missing. */
export const isAvailable: boolean =
  executable !== undefined || process.env['REQUIRE_BROWSER'] === '1'

// running

/** Opens a page, and closes the browser whatever happens. */
export const look = async <A>(sight: Sight, run: (look: Look) => Promise<A>): Promise<A> => {
  if (executable === undefined) throw new Error(missing)
  const { url, width, height, nowMillis } = sight
  const browser = await chromium.launch({
    executablePath: executable,
    args: [...FLAGS],
    timeout: LIMIT_MILLIS,
  })
  try {
    const page = await browser.newPage({
      viewport: { width, height },
      locale: 'en-GB',
      timezoneId: 'UTC',
    })
    page.setDefaultTimeout(LIMIT_MILLIS)
    const strangers: Array<string> = []
    page.on('request', (request) => {
      const isOwn = /^(data|blob):/.test(request.url()) || request.url().startsWith(url)
      if (!isOwn) strangers.push(request.url())
    })
    const errors: Array<string> = []
    page.on('pageerror', (error) => errors.push(String(error)))
    if (nowMillis !== undefined) await page.clock.setFixedTime(nowMillis)
    await page.goto(url)
    return await run({ page, strangers, errors })
  } finally {
    await browser.close()
  }
}

/** Takes a picture (PNG) for the docs; only with UPDATE_PICTURES=1, or else into the temporary folder. */
export const picture = async (page: Page, name: string): Promise<Uint8Array> => {
  const folder =
    process.env['UPDATE_PICTURES'] === '1'
      ? join(root, 'docs/pictures')
      : join(tmpdir(), 'sentry-exporter-pictures')
  mkdirSync(folder, { recursive: true })
  // Away from anything that would look different under it.
  await page.mouse.move(0, 0)
  return page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

const LIMIT_MILLIS = 120_000

/** No sandbox: in a container the user is root. Nothing that would ask the network for itself. */
const FLAGS: ReadonlyArray<string> = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
