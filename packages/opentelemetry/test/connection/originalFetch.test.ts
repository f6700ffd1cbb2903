import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { originalOf } from '../../src/connection/originalFetch.ts'

const original = suite('originalOf')

original('finds the function below the wrappers of instrumentations', () => {
  const fetch = () => undefined
  const once = Object.assign(() => undefined, { __original: fetch })
  const twice = Object.assign(() => undefined, { __sentry_original__: once })
  assert.is(originalOf(fetch), fetch)
  assert.is(originalOf(twice), fetch)
})

original('is nothing where there is no fetch, and ends for wrappers in a circle', () => {
  assert.is(originalOf(undefined), undefined)
  const circle: { (): void; __original?: unknown } = () => undefined
  circle.__original = circle
  assert.is(originalOf(circle), circle)
})

original.run()
