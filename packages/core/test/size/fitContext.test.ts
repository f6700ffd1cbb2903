import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bytesOf, fitContext, MAX_CONTEXT_BYTES } from '../../src/size/fitContext.ts'

const fit = suite('fitContext')

fit('is the same object if it fits', () => {
  const context = { a: 'x'.repeat(8_000) }
  assert.is(fitContext(context), context)
})

fit('is trimmed to the limit, with the bytes around it', () => {
  const context = { a: 'x'.repeat(20_000), b: 1 }
  assert.ok(bytesOf(fitContext(context)) <= MAX_CONTEXT_BYTES)
  assert.ok(bytesOf(fitContext(context, 100)) <= MAX_CONTEXT_BYTES - 100)
  assert.is(fitContext(context)['b'], 1)
})

fit('counts bytes of UTF-8', () => {
  assert.is(bytesOf('ä'), 4)
})

fit.run()
