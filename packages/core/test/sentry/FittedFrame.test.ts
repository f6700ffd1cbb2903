import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sentry/FittedFrame.ts'

const FRAMES = [
  { function: 'pay', filename: 'shop.js', lineno: 3 },
  { function: 'pay', filename: '/srv/shop.js', lineno: 3 },
  { function: 'p'.repeat(5_000), filename: `/srv/${'a'.repeat(5_000)}.js` },
]

const fitted = suite('FittedFrame')

fitted('a whole path is the absolute path too', () => {
  assert.equal(
    FRAMES.map((frame) => _.of(frame).fitted.abs_path?.slice(0, 4)),
    [undefined, '/srv', '...a'],
  )
})

fitted('shows which frames are cut', () => {
  assert.equal(
    FRAMES.map((frame) => _.of(frame).isCut),
    [false, false, true],
  )
})

fitted('gives the same for a frozen frame that it has seen', () => {
  const once = _.once()
  for (const frame of FRAMES) {
    const frozen = Object.freeze({ ...frame })
    assert.equal(once(frozen), _.of(frame))
    assert.is(once(frozen), once(frozen))
  }
})

fitted('reads a frame again that may have changed', () => {
  const once = _.once()
  const frame = { function: 'pay', filename: 'shop.js' }
  assert.is(once(frame).fitted.filename, 'shop.js')
  frame.filename = '/srv/shop.js'
  assert.is(once(frame).fitted.abs_path, '/srv/shop.js')
})

fitted.run()
