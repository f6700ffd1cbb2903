import * as FakeClock from '@sentry-exporter/testing/FakeClock'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/monitor/Log.ts'

const make = suite('Log.make')

const logged = (fields: Partial<_.LogWiring>, act: (log: _.Log) => void): ReadonlyArray<string> => {
  const lines: Array<string> = []
  act(
    _.make({
      level: 'info',
      encoding: 'json',
      clock: FakeClock.make(),
      write: (line) => lines.push(line),
      ...fields,
    }),
  )
  return lines
}

make('writes a line of JSON for each message', () => {
  const [line = ''] = logged({}, (log) => log.info('listening', { what: 'otlp http' }))
  assert.ok(line.endsWith('\n'))
  const { time, ...rest } = JSON.parse(line)
  assert.ok(!Number.isNaN(Date.parse(time)))
  assert.equal(rest, { level: 'info', what: 'otlp http', msg: 'listening' })
})

make('writes lines for people', () => {
  const [line] = logged({ encoding: 'console' }, (log) => log.warn('full', { exporter: 'a' }))
  assert.match(line ?? '', /^\S+Z warn {2}full \{"exporter":"a"\}\n$/)
})

make('leaves out what is below its level', () => {
  assert.is(
    logged({ level: 'error' }, (log) => {
      log.info('a')
      log.warn('b')
      log.limited('c', 'c')
      log.error('d')
    }).length,
    1,
  )
})

make('limits repeated messages of one kind', () => {
  const lines = logged({}, (log) => {
    for (let i = 0; i < 100; i++) log.limited('kind', 'refused')
  })
  assert.is(lines.length, 1)
})

make.run()
