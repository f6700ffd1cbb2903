import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/projects/nextCursor.ts'

const nextCursor = suite('nextCursor')

const previous =
  '<https://sentry.io/?&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1"'

for (const [link, cursor] of [
  [undefined, undefined],
  ['', undefined],
  ['nonsense', undefined],
  [previous, undefined],
  [
    `${previous}, <https://sentry.io/?&cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0"`,
    '0:100:0',
  ],
  ['<x>; rel="next"; results="false"; cursor="0:100:0"', undefined],
  ['<x>; rel="next"; results="true"; cursor=""', undefined],
  ['<https://evil.example.com/?a=1&cursor=0%3A1>; rel="next"', '0:1'],
  ['<https://sentry.io/>; rel="next"', undefined],
  ['<x>;rel="next";results="true";cursor="a,b;c"', 'a,b;c'],
] as const) {
  nextCursor(`is ${cursor} in ${link}`, () => {
    assert.is(_.nextCursor(link), cursor)
  })
}

nextCursor.run()
