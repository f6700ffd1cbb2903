import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/config/ConfigProblem.ts'

const AT: _.Location = { place: { source: 'gateway.yaml', line: 7, column: 5 }, path: 'a::b[1]' }

const show = suite('ConfigProblem.show')

/** One for each finding. */
const FINDINGS: ReadonlyArray<readonly [_.Finding, string]> = [
  [
    { _tag: 'NoConfiguration' },
    'no configuration; give --config FILE, --dsn DSN, or the environment variable SENTRY_DSN',
  ],
  [{ _tag: 'BadYaml', message: 'not valid YAML: a tab' }, 'not valid YAML: a tab'],
  [
    { _tag: 'Unreadable', source: 'token.txt', reason: 'permission denied' },
    'cannot read token.txt: permission denied',
  ],
  [
    { _tag: 'UnsetVariable', name: 'DSN' },
    'the environment variable DSN is not set; its value is empty',
  ],
  [{ _tag: 'BadReference', reference: '{x}', reason: 'not a reference' }, '{x}: not a reference'],
  [
    { _tag: 'UnknownKey', nearest: 'environment', hint: undefined },
    'unknown key, did you mean environment?',
  ],
  [{ _tag: 'UnknownKey', nearest: undefined, hint: undefined }, 'unknown key'],
  [
    { _tag: 'UnknownKey', nearest: undefined, hint: 'write max_spans' },
    'unknown key; write max_spans',
  ],
  [
    { _tag: 'BadValue', expected: 'debug or info', found: '"inf"', nearest: 'info' },
    'expected debug or info, found "inf", did you mean info?',
  ],
  [{ _tag: 'BadValue', expected: 'a list', found: 'a map' }, 'expected a list, found a map'],
  [
    { _tag: 'Missing', expected: 'a DSN', reference: 'REF' },
    'missing; expected a DSN, and REF is empty',
  ],
  [{ _tag: 'Missing', expected: 'a DSN', reference: undefined }, 'missing; expected a DSN'],
  [
    { _tag: 'BadDsn', error: { _tag: 'NoHost' } },
    'the DSN has no host; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID',
  ],
  [{ _tag: 'Conflict', message: 'a and b exclude each other' }, 'a and b exclude each other'],
  [
    { _tag: 'NotConfigured', kind: 'receiver', id: 'otpl', nearest: 'otlp' },
    'references receiver "otpl" which is not configured, did you mean otlp?',
  ],
  [
    { _tag: 'Unsupported', subject: 'the processor "span"', advice: 'keep the Collector' },
    'the processor "span" is not supported; keep the Collector',
  ],
  [{ _tag: 'NoEffect', reason: 'it sends nothing' }, 'no effect: it sends nothing'],
  [{ _tag: 'Unused', kind: 'exporter' }, 'no effect: no pipeline uses this exporter'],
  [{ _tag: 'Unused', kind: 'extension' }, 'no effect: service::extensions does not name it'],
]

show('has the place, the severity, the path and the finding', () => {
  for (const [finding, text] of FINDINGS) {
    assert.is(_.show(_.error(AT, finding)), `gateway.yaml:7:5: error: a::b[1]: ${text}`)
  }
})

show('leaves out a place and a path that are not there', () => {
  const finding: _.Finding = { _tag: 'NoEffect', reason: 'r' }
  assert.is(_.show(_.warning({ place: undefined, path: '' }, finding)), 'warning: no effect: r')
  assert.is(
    _.show(_.note({ place: AT.place, path: '' }, finding)),
    'gateway.yaml:7:5: note: no effect: r',
  )
})

show.run()
