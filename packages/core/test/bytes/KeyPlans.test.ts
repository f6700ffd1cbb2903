import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type * as KeyPlan from '../../src/bytes/KeyPlan.ts'
import * as _ from '../../src/bytes/KeyPlans.ts'
import * as AttributeTable from '../../src/filter/AttributeTable.ts'
import * as Sensitive from '../../src/filter/Sensitive.ts'

const READS = ['db.statement', 'http.url', 'user.email']

const plans = (): _.KeyPlans => _.make({ privacy: Sensitive.defaults, reads: READS })

/** The key in the middle of other bytes. */
const inBytes = (all: _.KeyPlans, key: string): KeyPlan.KeyPlan | undefined => {
  const bytes = new TextEncoder().encode(key)
  const source = new DataView(new ArrayBuffer(bytes.length + 5))
  for (const [index, byte] of bytes.entries()) source.setUint8(index + 3, byte)
  return all.nextOfBytes(source, 3, 3 + bytes.length)
}

const way = suite('KeyPlan')

/** A key, whether a rule reads it, and the way of its value. */
const ROWS: ReadonlyArray<readonly [key: string, isRead: boolean, way: KeyPlan.Way]> = [
  ['app.cart.items', false, 'copy'],
  ['db.statement', true, 'copy'],
  ['http.url', true, 'decode'],
  ['url.full', false, 'decode'],
  ['url.query', false, 'drop'],
  ['user.email', true, 'drop'],
  ['db.password', false, 'decode'],
  ['network.peer.address', false, 'decode'],
  ['sentry.op', false, 'decode'],
  ['db.params', false, 'exact'],
  ['gen_ai.system', false, 'exact'],
  ['gen_ai.input.messages', false, 'exact'],
  ['messages', false, 'exact'],
  ['otel.kind', false, 'exact'],
  ['sentry.status.message', false, 'exact'],
  ['__proto__', false, 'exact'],
  ['007', false, 'exact'],
  ['\ud800', false, 'exact'],
]

for (const [key, isRead, expected] of ROWS) {
  way(`${JSON.stringify(key)}: ${expected}`, () => {
    const plan = plans().ofText(key)
    assert.is(plan.way, expected)
    assert.is(plan.isRead, isRead)
  })
}

way('no alias replaces a fact or a key that only the exporter writes', () => {
  const all = plans()
  for (const { form } of AttributeTable.rows) {
    if (form._tag !== 'Aliased') continue
    for (const { to, as } of form.aliases) {
      if (as === 'entries') continue
      const plan = all.ofText(to)
      assert.not(plan.way === 'exact' && /^(otel\.|sentry\.status)/.test(to), to)
      assert.not(plan.form?._tag === 'Consumed', to)
    }
  }
})

way.run()

const known = suite('KeyPlans')

known('finds a key of ASCII by its bytes, after its text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 70 }), { maxLength: 30 }), (keys) => {
      const all = plans()
      for (const key of keys) assert.is(inBytes(all, key), undefined, key)
      const made = keys.map(all.ofText)
      for (const [index, key] of keys.entries()) {
        assert.is(all.ofText(key), made[index])
        all.begin()
        const found = inBytes(all, key)
        assert.is(found === undefined || found === made[index], true, key)
        if (key !== '' && key.length <= 64) assert.is(found, made[index], key)
      }
    }),
    { numRuns: 200 },
  )
})

known('the next key has the plan that it has alone, whatever came before', () => {
  const keys = fc.constantFrom('http.url', 'http.urn', 'http', '', 'été', '\ufffd', 'a'.repeat(301))
  fc.assert(
    fc.property(fc.array(fc.array(keys, { maxLength: 8 }), { maxLength: 12 }), (spans) => {
      const [all, alone] = [plans(), plans()]
      for (const span of spans) {
        all.begin()
        for (const key of span) {
          const ofBytes = inBytes(all, key)
          const plan = ofBytes ?? all.nextOfText(key)
          const expected = alone.ofText(key)
          assert.is(plan.way, expected.way, key)
          if (plan.way !== 'exact') assert.is(plan.key, key)
        }
      }
    }),
    { numRuns: 500 },
  )
})

known('a key that is not ASCII is found by its text alone', () => {
  const all = plans()
  all.ofText('été')
  assert.is(inBytes(all, 'été'), undefined)
})

known('starts anew when there are too many, and keeps the indexes small', () => {
  const all = plans()
  const first = all.ofText('first')
  for (let n = 0; n < _.MAX_PLANS + 10; n++) all.ofText(`key ${n}`)
  all.begin()
  assert.is(inBytes(all, 'first'), undefined)
  assert.is.not(all.ofText('first'), first)
  assert.is(all.ofText('second').index, 1)
})

known.run()
