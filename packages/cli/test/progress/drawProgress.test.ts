import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/progress/drawProgress.ts'

const STATE: _.ProgressState = {
  phase: 'send',
  share: 0.6,
  amount: '6,000 of 10,000 spans',
  spans: 6_000,
  seconds: 3,
}

const draw = suite('drawProgress')

// a change of the state, the columns, and the line
const BARS: ReadonlyArray<readonly [Partial<_.ProgressState>, number, string]> = [
  [{}, 80, 'send [##########--------]  60 %  6,000 of 10,000 spans  2,000 spans/s  0:02 left'],
  [{}, 60, 'send  60 %  6,000 of 10,000 spans  2,000 spans/s  0:02 left'],
  [{}, 30, 'send  60 %  6,000 of 10,000...'],
  [
    { share: undefined, amount: '12.0 MB', spans: undefined, seconds: 65 },
    80,
    'send  12.0 MB  1:05',
  ],
  [{ share: 0, spans: 0 }, 60, 'send [------------------------]   0 %  6,000 of 10,000 spans'],
  [{ share: 1.2, amount: 'x' }, 50, 'send [###################] 100 %  x  2,000 spans/s'],
  [
    { share: 0.001, seconds: 10, amount: 'x' },
    70,
    'send [---------------------------]   0 %  x  600 spans/s  2:46:30 left',
  ],
]

for (const [change, columns, line] of BARS) {
  draw(`a bar in ${columns} columns of ${JSON.stringify(change)}`, () => {
    const drawn = _.drawBar({ ...STATE, ...change }, columns)
    assert.is(drawn, line)
    assert.ok(drawn.length <= columns)
  })
}

draw('a line of a log has no bar', () => {
  assert.is(_.drawLine(STATE), 'send: 60 %, 6,000 of 10,000 spans, 2,000 spans/s, 0:02 left')
  assert.is(
    _.drawLine({ ...STATE, share: undefined }),
    'send: 6,000 of 10,000 spans, 2,000 spans/s, 0:03',
  )
})

draw('bytes are megabytes, with the total where it is known', () => {
  assert.is(_.bytesRead(9_160_000, 117_144_960), '9.2 of 117.1 MB')
  assert.is(_.bytesRead(9_160_000, undefined), '9.2 MB')
  assert.equal(
    [_.shareOf(1, 4), _.shareOf(1, undefined), _.shareOf(0, 0)],
    [0.25, undefined, undefined],
  )
})

draw.run()
