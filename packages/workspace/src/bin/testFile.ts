/** `testFile FILE...`: runs test files one after the other and sends the report of each to the parent process. */
import * as Report from '../runner/Report.ts'
import { runFile } from '../runner/runFile.ts'

let stray: Report.Report = Report.empty
process.on('unhandledRejection', (reason) => {
  const text = reason instanceof Error ? reason.stack : String(reason)
  stray = Report.concat(stray, Report.broken(`a rejection that nobody handled: ${text}`))
})

const send = (report: Report.Report): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve()
    else process.send(report, () => resolve())
  })

for (const file of process.argv.slice(2)) {
  const report = await runFile(file, process.env['CI'] !== undefined)
  // One more turn of the loop, so that a rejection left behind by the last test is seen.
  await new Promise((resolve) => setTimeout(resolve, 5))
  await send(Report.concat(report, stray))
  stray = Report.empty
}
process.exit(0)
