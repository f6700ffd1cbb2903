import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sink/ViewerEnvelope.ts'

const print = suite('ViewerEnvelope.print')

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

print('is one line, with an id in its header and the type in each payload', () => {
  const item = { header: { type: 'transaction' }, payload: bytes('{\n"spans": []\n}') }
  const printed = _.print({ header: { event_id: 'e' }, items: [item] }, 's-1')
  assert.not.match(printed, '\n')
  assert.equal(JSON.parse(printed), [
    { event_id: 'e', __spotlight_envelope_id: 'e-s-1' },
    [[{ type: 'transaction' }, { type: 'transaction', spans: [] }]],
  ])
})

print(
  'begins the id with that of the event, or with a number: the page shows the beginning',
  () => {
    const idOf = (header: { readonly event_id?: string }, id: string): string =>
      JSON.parse(_.print({ header, items: [] }, id))[0].__spotlight_envelope_id
    const ids = [
      idOf({ event_id: 'a'.repeat(32) }, 'session-1'),
      idOf({ event_id: 'b'.repeat(32) }, 'session-2'),
      idOf({ event_id: 'b'.repeat(32) }, 'session-3'),
      idOf({}, 'session-4'),
      idOf({}, 'session-5'),
    ]
    assert.is(new Set(ids).size, 5)
    assert.is(new Set(ids.map((id) => id.slice(0, 8))).size, 4)
  },
)

for (const payload of ['not JSON', '[1]', 'null', '"text"', '']) {
  print(`shows a payload that is no object as its bytes: ${JSON.stringify(payload)}`, () => {
    const item = { header: { type: 'attachment' }, payload: bytes(payload) }
    const [, [[, shown]]] = JSON.parse(_.print({ header: {}, items: [item] }, '1'))
    assert.equal(shown, { type: 'attachment', data: Buffer.from(payload).toString('base64') })
  })
}

print.run()
