import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const report = suite('reports: dotnet-android-two-stacks')

report('keeps the text of both stacks', async () => {
  const { errors } = await Report.deliver('dotnet-android-two-stacks')
  assert.is(errors.length, 1)
  assert.match(JSON.stringify(errors[0]), /"extra":\{[^}]*"exception\.stacktrace":"[^"]*Cart\.pay/)
})

report.run()
