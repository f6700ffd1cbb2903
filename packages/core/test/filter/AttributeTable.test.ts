import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/filter/AttributeTable.ts'
import { AI_NAME } from '../../src/filter/aiWords.ts'

const rows = suite('AttributeTable.rows')

rows('have keys that are no patterns, each once', () => {
  const keys = _.rows.flatMap((row) => row.keys)
  for (const key of keys) assert.match(key, /^[^*\s]+$/)
  assert.equal(
    keys.filter((key, index) => keys.indexOf(key) !== index),
    [],
  )
})

rows.run()

const contents = suite('AttributeTable.contents')

contents('name each pattern once', () => {
  const patterns = _.contents.flatMap(({ keys }) => keys.replace(/\|\s+/g, '|').trim().split(/\s+/))
  assert.equal(
    patterns.filter((pattern, index) => patterns.indexOf(pattern) !== index),
    [],
  )
})

contents.run()

const aiName = suite('AttributeTable.AI_NAME')

const NAMES: ReadonlyArray<readonly [string, boolean]> = [
  ['pydantic-ai', true],
  ['opentelemetry.instrumentation.openai.v1', true],
  ['openinference.instrumentation.langchain', true],
  ['@traceloop/instrumentation-anthropic', true],
  ['langfuse-sdk', true],
  ['ai', true],
  ['gen_ai.user.message', true],
  ['llm.request', true],
  ['@opentelemetry/instrumentation-http', false],
  ['main', false],
  ['mailer', false],
  ['exception', false],
]

for (const [name, expected] of NAMES) {
  aiName(`${name}: ${expected}`, () => assert.is(AI_NAME.test(name), expected))
}

aiName('has no state of its own', () => assert.not.match(AI_NAME.flags, /[gy]/))

aiName.run()
