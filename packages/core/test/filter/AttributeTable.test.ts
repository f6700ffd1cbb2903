import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/filter/AttributeTable.ts'

const rows = suite('AttributeTable.rows')

rows('have a content or a form', () => {
  for (const row of _.rows) {
    assert.ok(row.keys.length > 0)
    assert.ok(row.content !== undefined || row.form !== undefined, String(row.keys[0]))
  }
})

rows('have a form only if their keys are no patterns', () => {
  for (const { keys, form } of _.rows) {
    for (const key of keys) {
      if (form !== undefined) assert.ok(typeof key === 'string' && !key.endsWith('*'), String(key))
    }
  }
})

rows('name each key once for its content and once for its form', () => {
  const named = (column: 'content' | 'form'): ReadonlyArray<string> =>
    _.rows.flatMap((row) => (row[column] === undefined ? [] : row.keys.map(String)))
  for (const keys of [named('content'), named('form')]) {
    assert.equal(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    )
  }
})

rows('have patterns without a state of their own', () => {
  for (const { keys } of _.rows) {
    for (const key of keys) {
      if (typeof key !== 'string') assert.not.match(key.flags, /[gy]/)
    }
  }
})

rows.run()
