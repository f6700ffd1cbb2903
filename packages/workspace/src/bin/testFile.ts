/** `testFile FILE`: runs one test file and sends its report to the parent process. */
import * as Report from '../runner/Report.ts'
import { runFile } from '../runner/runFile.ts'

let stray: Report.Report = Report.empty
process.on('unhandledRejection', (reason) => {
  const text = reason instanceof Error ? reason.stack : String(reason)
  stray = Report.concat(stray, Report.broken(`a rejection that nobody handled: ${text}`))
})

const report = await runFile(process.argv[2] ?? '', process.env['CI'] !== undefined)
// One more turn of the loop, so that a rejection left behind by the last test is seen.
await new Promise((resolve) => setTimeout(resolve, 5))
process.send?.(Report.concat(report, stray), () => process.exit(0))
