/** `replayRun WORD...`: `sentry-exporter send` in a process of its own; the last line has the peak of its memory as JSON. */
import { main } from '@sentry-exporter/cli'
import { live } from '@sentry-exporter/cli/Live'

const code = await main(['send', ...process.argv.slice(2)])(live)()
const { maxRSS } = process.resourceUsage()

console.log(JSON.stringify({ code, residentMegabytes: Math.round(maxRSS / 1024) }))
