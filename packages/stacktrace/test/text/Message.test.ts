import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/text/Message.ts'

const endOfMessage = suite('endOfMessage')
const samples: ReadonlyArray<readonly [string, string, string, number]> = [
  ['takes an exact message', 'ab c\n', 'ab c', 4],
  ['takes U+FFFD for what was lost', 'a \ufffd\ufffd\ufffd\ufffd b', 'a \u00fc\u{1f600} b', 8],
  ['takes other line breaks', 'a\r\nb', 'a\nb', 4],
  ['takes other indentation', 'a\nb', 'a\n    b', 3],
  ['takes deeper indentation', 'a\n    b', 'a\n  b', 7],
  ['takes a message without its closing blanks', 'a\n  at f', 'a  \n', 1],
  ['ends with a text that was cut inside the message', 'a b', 'a b c', 3],
  ['refuses another message', 'a b', 'a c', -1],
]
for (const [title, text, message, end] of samples) {
  endOfMessage(title, () => assert.is(_.endOf(text, 0, message), end))
}

endOfMessage.run()

const condense = suite('condense')

condense('cuts every copy of a message to its first line', () => {
  const text = 'E: a\n  at b\n  at f\nCaused by: F: a\n  at b\n  at g'
  assert.is(_.condense(text, 'a\n  at b'), 'E: a\n  at f\nCaused by: F: a\n  at g')
})

condense('leaves a text alone that only starts like the message', () => {
  assert.is(_.condense('E: a\n  at f', 'a\n  at b'), 'E: a\n  at f')
  assert.is(_.condense('E: a\n  at f', 'a'), 'E: a\n  at f')
})

condense.run()
