import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/filter/AttributePlan.ts'
import * as AttributeTable from '../../src/filter/AttributeTable.ts'
import * as Sensitive from '../../src/filter/Sensitive.ts'

const of = suite('AttributePlan.of')

const without = _.of(Sensitive.defaults)
const with_ = _.of({ ...Sensitive.defaults, sendDefaultPii: true })

/** A key, and its redaction without and with `sendDefaultPii`. */
const ROWS: ReadonlyArray<readonly [string, _.Redaction, _.Redaction]> = [
  ['db.statement', 'keep-queries', 'keep-queries'],
  ['http.route', 'keep', 'keep'],
  ['user', 'drop', 'keep'],
  ['user.email', 'drop', 'keep'],
  ['username', 'drop', 'keep'],
  ['usernames', 'keep', 'keep'],
  ['url.full', 'cut-url', 'filter-parameters'],
  ['url.query', 'drop', 'filter-parameters'],
  ['url.fragment', 'drop', 'filter-parameters'],
  ['net.peer.name', 'drop-on-server', 'keep'],
  ['db.password', 'filter', 'filter'],
  ['user.token', 'drop', 'filter'],
  ['http.request.header.accept', 'drop', 'keep'],
  ['http.request.header.authorization', 'drop', 'filter'],
  ['http.request.body', 'drop', 'keep'],
  ['http.request.body.size', 'keep', 'keep'],
  ['db.query.parameter.a', 'drop', 'keep'],
  ['db.query.parameter', 'drop', 'keep'],
  ['db.query.text', 'keep-queries', 'keep-queries'],
  ['process.command_line', 'drop', 'keep'],
  ['process.pid', 'keep', 'keep'],
  ['gen_ai.prompt.0.content', 'drop', 'keep'],
  ['gen_ai.prompts', 'drop', 'keep'],
  ['gen_ai.usage.prompt_tokens', 'keep', 'keep'],
  ['final_result', 'drop-on-ai', 'keep'],
  ['ai.prompt.messages', 'drop', 'keep'],
  ['llm.prompts.0', 'drop', 'keep'],
  ['', 'keep', 'keep'],
]

for (const [key, closed, open] of ROWS) {
  of(`${JSON.stringify(key)}: ${closed}, or ${open} with sendDefaultPii`, () => {
    assert.is(without(key).redaction, closed)
    assert.is(with_(key).redaction, open)
  })
}

of('the form of a key does not depend on privacy', () => {
  for (const { keys } of AttributeTable.rows) {
    for (const key of keys) assert.is(without(key).form, with_(key).form)
  }
  assert.is(without('db.statement').form, undefined)
})

of.run()

const formOf = suite('AttributePlan.formOf')

formOf('has a form for each key of a row with one', () => {
  const keys = AttributeTable.rows.flatMap((row) => row.keys)
  assert.equal([..._.keysWithForm], keys)
  for (const key of _.keysWithForm) assert.ok(_.formOf(key) !== undefined, key)
})

formOf.run()
