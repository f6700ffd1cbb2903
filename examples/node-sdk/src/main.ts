/**
 * The program: `SENTRY_DSN=... node dist/main.js`. It asks itself a few times, shuts down, and prints the outcome: all spans are sent or
 * counted as lost.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sdk, sentry } from './instrumentation.ts'

const { listen } = await import('./app.ts')

const ROUNDS = 5

const addressOf = (server: Server): string => {
  // A server that listens on a port has an address with it.
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

const stock = createServer((_request, response) => response.end('5 left'))
await new Promise<void>((resolve) => stock.listen(0, '127.0.0.1', resolve))
const app = await listen(addressOf(stock))
for (let n = 0; n < ROUNDS; n++) {
  for (const page of [`/cart/${n}`, `/pay/${n}`]) {
    await (await fetch(`${addressOf(app)}${page}`)).text()
  }
}
app.close()
stock.close()
await sdk.shutdown()
console.log(JSON.stringify(sentry.outcome()))
