import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const report = suite('reports: rust-error-event')

report('makes an error of an event that has another name', async () => {
  const { errors } = await Report.deliver('rust-error-event')
  assert.is(errors.length, 1)
  const values = [...JSON.stringify(errors[0]).matchAll(/"value":"([^"]*)"/g)].map(([, one]) => one)
  assert.equal(values, ['os error 111', 'connection refused'])
})

report.run()
