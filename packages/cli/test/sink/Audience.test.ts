import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/Audience.ts'

interface FakePage {
  readonly response: ServerResponse
  readonly received: Array<string>
  /** Whether its socket takes more. */
  takes: boolean
}

const fakePage = (): FakePage => {
  const received: Array<string> = []
  const page = { received, takes: true }
  const write = (text: string): boolean => {
    received.push(/^data: (.*)$/m.exec(text)?.[1] ?? '')
    return page.takes
  }
  const emitter = Object.assign(new EventEmitter(), { write, flushHeaders: () => undefined })
  // The part of a response that an audience uses.
  return Object.assign(page, { response: emitter as unknown as ServerResponse })
}

const audienceOf = (entries: number): _.Audience =>
  _.of({ limits: { entries, bytes: 10_000 }, session: 's', event: 'x' })

const of = suite('Audience.of')

of('writes no more to a slow page than its socket takes, and continues later', () => {
  const audience = audienceOf(10)
  const slow = fakePage()
  slow.takes = false
  audience.join(slow.response, undefined)
  for (const data of ['a', 'b', 'c']) audience.publish(() => data, 1)
  assert.equal(slow.received, ['a'])
  slow.takes = true
  slow.response.emit('drain')
  assert.equal(slow.received, ['a', 'b', 'c'])
})

of('lets a slow page miss the entries that were removed meanwhile', () => {
  const audience = audienceOf(2)
  const slow = fakePage()
  slow.takes = false
  audience.join(slow.response, undefined)
  for (const data of ['a', 'b', 'c', 'd']) audience.publish(() => data, 1)
  slow.takes = true
  slow.response.emit('drain')
  assert.equal(slow.received, ['a', 'c', 'd'])
})

of('writes nothing to a disconnected page, and survives its errors', () => {
  const audience = audienceOf(10)
  const disconnected = fakePage()
  const other = fakePage()
  for (const { response } of [disconnected, other]) audience.join(response, undefined)
  disconnected.response.emit('error', new Error('reset'))
  disconnected.response.emit('close')
  audience.publish(() => 'a', 1)
  assert.equal([disconnected.received, other.received], [[], ['a']])
})

of('is full with many pages, until one disconnects', () => {
  const audience = audienceOf(1)
  const pages = Array.from({ length: 64 }, fakePage)
  for (const { response } of pages) audience.join(response, undefined)
  assert.ok(audience.isFull())
  pages[0]?.response.emit('close')
  assert.not(audience.isFull())
})

of.run()
