import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const report = suite('reports: pydantic-ai-content')

const WORDS = ['PROMPT-SECRET', 'ANSWER-SECRET', 'TOOL-SECRET']

report('sends no word of the conversation, but names, models and token counts', async () => {
  const { sent, problems } = await Report.deliver('pydantic-ai-content')
  for (const word of WORDS) assert.not.match(sent, word)
  for (const kept of ['gpt-4o', '"agent_name":"support"', '"gen_ai.usage.input_tokens":55']) {
    assert.match(sent, kept)
  }
  assert.equal(problems, [])
})

report('sends it with sendDefaultPii', async () => {
  const { sent } = await Report.deliver('pydantic-ai-content', { sendDefaultPii: true })
  for (const word of WORDS) assert.match(sent, word)
})

report.run()
