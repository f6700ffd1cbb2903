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

fitted('counts the frames that are cut', () => {
  assert.equal(_.ofAll(FRAMES), {
    frames: FRAMES.map((frame) => _.of(frame).fitted),
    cuts: 1,
  })
})

fitted('gives the same frame for a frozen one that it has seen, in any list', () => {
  const once = _.once()
  for (const frame of FRAMES) {
    const frozen = Object.freeze({ ...frame })
    assert.equal(once([frozen]), _.ofAll([frame]))
    assert.is(once([frozen]).frames[0], once([frozen]).frames[0])
  }
})

fitted('gives the same list for a frozen one that it has seen', () => {
  const once = _.once()
  const frozen = Object.freeze(FRAMES.map((frame) => Object.freeze({ ...frame })))
  assert.equal(once(frozen), _.ofAll(FRAMES))
  assert.is(once(frozen).frames, once(frozen).frames)
  assert.ok(Object.isFrozen(once(frozen).frames))
})

fitted('reads a frame again that may have changed', () => {
  const once = _.once()
  const frame = { function: 'pay', filename: 'shop.js' }
  const list = [frame]
  assert.is(once(list).frames[0]?.abs_path, undefined)
  frame.filename = '/srv/shop.js'
  assert.is(once(list).frames[0]?.abs_path, '/srv/shop.js')
})

fitted.run()
