/** Pages in the Chromium of this machine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as Browser from '../../browser/Browser.ts'
import { bundle } from './bundle.ts'
import { LIMIT_MILLIS, type Runtime } from './Runtime.ts'

// model

/** A page that has loaded a script. */
export interface Page {
  /** The value of an expression, after the promise that it may be. */
  readonly evaluate: <A>(expression: string) => Promise<A>
  /** Leaves the page for an empty one. */
  readonly leave: () => Promise<void>
  /** Loads it again. */
  readonly open: () => Promise<void>
}

export const CONDITIONS: ReadonlyArray<string> = ['module']

// constructors

export const runtime: Runtime = {
  name: 'Chromium',
  conditions: CONDITIONS,
  missing: () => Browser.missing,
  run: async ({ source, folder }, input) => {
    const program = { source: `${source}\nglobalThis.run = run\n`, folder }
    const { text } = await bundle(program, { conditions: CONDITIONS })
    return use(text, ({ evaluate }) => evaluate(`run(${JSON.stringify(input)})`))
  },
}

// running

const within = <A>(work: Promise<A>): Promise<A> => {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('Chromium: not ended in time')), LIMIT_MILLIS).unref()
  })
  return Promise.race([work, late])
}

/** Opens a page with the script, on an origin of its own, and closes the browser whatever happens. Fails if the page has an error. */
export const use = async <A>(script: string, run: (page: Page) => Promise<A>): Promise<A> => {
  const server = createServer((request, response) => {
    const isScript = request.url === '/program.js'
    const type = isScript ? 'text/javascript' : 'text/html'
    response.setHeader('content-type', `${type}; charset=utf-8`)
    response.end(isScript ? script : '<script type="module" src="/program.js"></script>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a port has an address with it.
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/`
  try {
    return await Browser.look({ url, width: 800, height: 600 }, async ({ page, errors }) => {
      const result = await run({
        evaluate: (expression) => within(page.evaluate(expression)),
        leave: async () => {
          await page.goto('about:blank')
        },
        open: async () => {
          await page.goto(url)
        },
      })
      if (errors.length > 0) throw new Error(`Chromium: ${errors.join('\n')}`)
      return result
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
