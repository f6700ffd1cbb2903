/** The behaviours of the server of the `Http` contract, after it has read a request. */
import type { ServerResponse } from 'node:http'
import type { Behaviour } from '../contract/Behaviour.ts'

// running

export const behave = (behaviour: Behaviour, response: ServerResponse): void =>
  BEHAVIOURS[behaviour](response)

const BEHAVIOURS: Readonly<Record<Behaviour, (response: ServerResponse) => void>> = {
  answers: (response) => void response.end('{}'),
  limits: (response) => {
    response.writeHead(429, { 'X-Sentry-Rate-Limits': '60:error:key', 'Retry-After': '60' })
    response.end('limited')
  },
  // A client that follows it sends a second request, which the run contains.
  redirects: (response) => {
    response.writeHead(307, { location: response.req.url?.replace('redirects', 'answers') })
    response.end()
  },
  breaks: (response) => void response.destroy(),
  'stays-silent': () => undefined,
  'never-ends': (response) => {
    response.writeHead(200)
    response.write('{')
  },
  pours: (response) => {
    const piece = Buffer.alloc(64 * 1024)
    const pour = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', pour)
    }
    response.on('error', () => undefined)
    pour()
  },
}
