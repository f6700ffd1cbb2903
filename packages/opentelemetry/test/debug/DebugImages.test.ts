import type { ErrorEvent } from '@sentry-exporter/core/ErrorEvent'
import { v8 } from '@sentry-exporter/stacktrace/parsers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/debug/DebugImages.ts'

const ID = '11111111-2222-4333-8444-555555555555'

const stackOf = (path: string): string =>
  `Error\n    at ${path}:1:200\n    at Object.<anonymous> (/srv/dist/main.js:1:9)`

const reader = suite('DebugImages.reader')

reader(
  'finds the file of each id by the first frame of its stack, also of files that are loaded later',
  () => {
    const scope: { _sentryDebugIds?: object; _debugIds?: object } = {}
    const read = _.reader([v8], scope)
    assert.equal([...read()], [])
    scope._sentryDebugIds = { [stackOf('/srv/dist/app.js')]: ID }
    assert.equal([...read()], [['/srv/dist/app.js', ID]])
    scope._debugIds = { [stackOf('/srv/dist/late.js')]: 'other', broken: 'no stack' }
    assert.equal(
      [...read()],
      [
        ['/srv/dist/app.js', ID],
        ['/srv/dist/late.js', 'other'],
      ],
    )
  },
)

reader.run()

const withImages = suite('DebugImages.withImages')

const errorIn = (...paths: ReadonlyArray<string>): ErrorEvent => {
  const frames = paths.map((path) => ({ filename: path, abs_path: path, lineno: 1 }))
  // Only the exception is read.
  return { exception: { values: [{ stacktrace: { frames } }] } } as unknown as ErrorEvent
}

withImages('names the files of the stacks that have an id, each once', () => {
  const add = _.withImages(() => new Map([['/srv/dist/app.js', ID]]))
  const changed = add(errorIn('/srv/dist/app.js', '/srv/dist/app.js', '/srv/other.js'))
  assert.equal(Reflect.get(changed, 'debug_meta'), {
    images: [{ type: 'sourcemap', code_file: '/srv/dist/app.js', debug_id: ID }],
  })
})

withImages('changes nothing without ids', () => {
  const error = errorIn('/srv/dist/app.js')
  assert.is(_.withImages(() => new Map())(error), error)
  assert.is(_.withImages(() => new Map([['/other.js', ID]]))(error), error)
})

withImages.run()
