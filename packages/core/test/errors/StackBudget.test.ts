import type { Parser } from '@sentry-exporter/stacktrace/Parser'
import { parsers } from '@sentry-exporter/stacktrace/parsers'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import { span, spanId, traceId } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as StackBudget from '../../src/errors/StackBudget.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import { assemble } from '../../src/pipeline/assemble.ts'

const budget = suite('StackBudget')

const STACK = `Error: no\n${Array.from({ length: 30 }, (_, n) => `    at f${n} (/app/shop.js:${n + 1}:7)`).join('\n')}`

budget('is used up by lines without frames, and bounds what the parsers read', () => {
  let lines = 0
  const counting: Parser = {
    languages: ['x'],
    platform: 'other',
    recognises: (text) => {
      lines += text.split('\n').length
      return false
    },
    parse: ({ stacktrace }) => {
      lines += stacktrace.split('\n').length
      return [{ type: '', value: '', frames: [] }]
    },
  }
  const bounded = StackBudget.of([counting])
  const parse = StackTrace.parse(bounded.parsers)
  bounded.start()
  for (let n = 0; n < 2_000; n++) {
    parse({ type: 'E', message: '', stacktrace: 'a\n'.repeat(3_000), language: 'x' })
  }
  assert.ok(bounded.isUsedUp())
  assert.ok(lines > 200_000 && lines < 220_000)
  bounded.start()
  assert.not(bounded.isUsedUp())
})

budget('is not used up by stacks of programs, however many', () => {
  const bounded = StackBudget.of(parsers)
  const parse = StackTrace.parse(bounded.parsers)
  bounded.start()
  for (let n = 0; n < 3_000; n++) {
    const { exceptions } = parse({
      type: 'Error',
      message: 'no',
      stacktrace: STACK,
      language: n % 2 === 0 ? undefined : 'nodejs',
    })
    assert.is(exceptions[0]?.frames.length, 30)
  }
  assert.not(bounded.isUsedUp())
})

budget('keeps the text of a stack that is not read any more, and counts it', () => {
  const spans = Array.from({ length: 60 }, (_, n) =>
    span({
      traceId: traceId(n + 1),
      spanId: spanId(1),
      status: { code: 'ERROR', message: '' },
      events: [
        {
          name: 'exception',
          timeMicros: span({}).startMicros,
          attributes: {
            'exception.type': 'E',
            'exception.message': `m${n}`,
            'exception.stacktrace': 'a b\n'.repeat(3_000),
          },
          droppedAttributes: 0,
        },
      ],
    }),
  )
  const { errors, losses } = assemble({ mapping: Mapping.sentry })(spans)
  assert.is(errors.length, 60)
  for (const { extra } of errors) assert.match(String(extra?.['exception.stacktrace']), /^a b\na b/)
  assert.ok((losses.trimmed ?? 0) > 0)
})

budget.run()
