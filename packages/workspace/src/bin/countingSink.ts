/** `countingSink`: a server in the place of Sentry, in a process of its own. Any message of its parent is answered with its counts. */
import { openCountingSink } from '../campaigns/load/countingSink.ts'

const sink = await openCountingSink()
process.on('message', () => process.send?.(sink.counts))
process.on('disconnect', () => process.exit())
process.send?.(sink.port)
