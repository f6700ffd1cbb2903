import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/ServerSentEvent.ts'

const print = suite('ServerSentEvent.print')

print('ends with an empty line, and names the event and its id', () => {
  assert.is(_.print({ id: '7', event: 'x', data: '{}' }), 'event: x\ndata: {}\nid: 7\n\n')
})

/** Reads one event by the rules of the HTML standard. */
const dataOf = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length))
    .join('\n')

print('keeps data with any line breaks within one event', () => {
  const data = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'data: ', 'event: y', '\u2028') })
  fc.assert(
    fc.property(data, (text) => {
      const printed = _.print({ id: '7', event: 'x', data: text })
      assert.is(printed.indexOf('\n\n'), printed.length - 2)
      assert.not.match(printed, '\r')
      assert.is(dataOf(printed), text.replace(/\r\n|\r/g, '\n'))
    }),
  )
})

print.run()
