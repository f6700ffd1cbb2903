import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const report = suite('reports: php-trace-as-string')

report('keeps the type and the message, and reads the frames', async () => {
  const { errors } = await Report.deliver('php-trace-as-string')
  assert.is(errors.length, 1)
  assert.match(JSON.stringify(errors[0]), '"value":"cart 7 is empty"')
  assert.match(JSON.stringify(errors[0]), '"type":"App\\\\Cart\\\\EmptyCart"')
  const frames = [...JSON.stringify(errors[0]).matchAll(/"function":"([^"]*)"/g)].map(
    ([, one]) => one,
  )
  assert.equal(frames, [
    '{main}',
    'App\\\\Http\\\\Kernel::handle',
    'App\\\\Http\\\\CartController::show',
    'App\\\\Cart\\\\Cart::total',
  ])
})

report.run()
