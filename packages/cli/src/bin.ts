/** The process: the only place that knows its arguments and its exit code. */
import { live } from './Live.ts'
import { main } from './Main.ts'

process.exitCode = await main(process.argv.slice(2))(live)()
