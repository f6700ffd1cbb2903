import { parsers } from '@sentry-exporter/stacktrace/parsers'
import * as StackTrace from '@sentry-exporter/stacktrace/StackTrace'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as StackBudget from '../../src/errors/StackBudget.ts'
import { safeParsers } from '../../src/exception/safeParsers.ts'
import type * as HookFailure from '../../src/filter/HookFailure.ts'

const safe = suite('safeParsers')

const STACKS = [
  'java.lang.Error: no\n\tat a.B.c(D.java:1)\nCaused by: java.lang.Error: why\n\tat a.B.d(D.java:2)\n\t... 1 more',
  'a.B.c(D.java:1)\na.B.d(D.java:2)',
  '  File "/srv/shop.py", line 3, in pay\n    total()\n',
  'a line of prose',
]

safe('read every stack as the parsers themselves do', () => {
  const failures: Array<HookFailure.HookFailure> = []
  const wrapped = StackBudget.of(safeParsers(parsers, (failure) => failures.push(failure))).parsers
  for (const stacktrace of STACKS) {
    const source = { type: undefined, message: undefined, stacktrace, language: undefined }
    assert.equal(StackTrace.parse(wrapped)(source), StackTrace.parse(parsers)(source))
  }
  assert.equal(failures, [])
})

safe('take a rewriting that throws for one that gives nothing', () => {
  const failures: Array<HookFailure.HookFailure> = []
  const broken = {
    platform: 'other',
    languages: [],
    recognises: () => false,
    parse: () => [],
    rewrite: () => {
      throw new Error('no')
    },
  }
  const parse = StackTrace.parse(safeParsers([broken], (failure) => failures.push(failure)))
  const source = { type: 'Error', message: 'no', stacktrace: 'prose', language: undefined }
  assert.is(parse(source).platform, 'other')
  assert.is(failures.length, 1)
})

safe.run()
