/** `sdkLoadApplication EXPORTER DSN`: the application of `campaign sdk-load`. Messages of its parent ask for its use, and end it. */
import {
  exporters,
  type LoadedExporter,
  startApplication,
} from '../campaigns/sdkLoad/application.ts'

const [wanted, dsn = ''] = process.argv.slice(2)
const exporter: LoadedExporter = exporters.find((name) => name === wanted) ?? 'no-op'

const application = await startApplication(exporter, dsn)
process.on('message', (message) => {
  if (message === 'take') process.send?.(application.take())
  else void application.shutdown().then((end) => process.send?.(end, () => process.exit()))
})
process.on('disconnect', () => process.exit())
process.send?.(application.port)
