import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { AttributeAction } from '../../../src/processor/AttributeAction.ts'
import { messages, type Surroundings, valid } from '../loading.ts'

const configuration = (action: string): string => `yaml:
receivers: {otlp: {protocols: {http: }}}
processors:
  attributes:
    actions:
      - ${action}
exporters: {sentry: {dsn: https://key@sentry.example.com/42}}
service: {pipelines: {traces: {receivers: [otlp], processors: [attributes], exporters: [sentry]}}}`

const SURROUNDINGS: Surroundings = { env: { VERSION: '1.10', NAME: '007', LIST: '[a, 1]' } }

const VALID: ReadonlyArray<readonly [string, AttributeAction]> = [
  [
    '{key: a, value: x, action: insert}',
    { _tag: 'Insert', key: 'a', source: { _tag: 'Value', value: 'x' } },
  ],
  [
    '{key: a, value: 5, action: UPDATE}',
    { _tag: 'Update', key: 'a', source: { _tag: 'Value', value: 5 } },
  ],
  [
    '{key: a, value: [x, true, {b: 1}], action: upsert}',
    { _tag: 'Upsert', key: 'a', source: { _tag: 'Value', value: ['x', true, { b: 1 }] } },
  ],
  // A value has no type of its own: it is that of YAML. A key is a text.
  [
    `{key: "\${env:NAME}", value: "\${env:VERSION}", action: insert}`,
    { _tag: 'Insert', key: '007', source: { _tag: 'Value', value: 1.1 } },
  ],
  [
    `{key: a, value: "\${env:LIST}", action: insert}`,
    { _tag: 'Insert', key: 'a', source: { _tag: 'Value', value: ['a', 1] } },
  ],
  [
    '{key: a, from_attribute: b, action: upsert}',
    { _tag: 'Upsert', key: 'a', source: { _tag: 'Attribute', key: 'b' } },
  ],
  ['{key: a, action: delete}', { _tag: 'Delete', key: 'a', pattern: undefined }],
  ['{pattern: ^a, action: delete}', { _tag: 'Delete', key: undefined, pattern: /^a/ }],
  ['{key: a, pattern: (?i)mail, action: hash}', { _tag: 'Hash', key: 'a', pattern: /mail/i }],
  [
    '{key: a, pattern: "^(?P<host>[^:]+):(?P<port>\\\\d+)$", action: extract}',
    { _tag: 'Extract', key: 'a', pattern: /^(?<host>[^:]+):(?<port>\d+)$/ },
  ],
  ['{key: a, converted_type: int, action: convert}', { _tag: 'Convert', key: 'a', to: 'int' }],
]

const actions = suite('actions of the processor attributes')

actions('are decoded', async () => {
  for (const [yaml, action] of VALID) {
    const { config } = await valid([configuration(yaml)], SURROUNDINGS)
    assert.equal(config.pipelines[0]?.processors[0]?.actions, [action], yaml)
  }
})

const INVALID: ReadonlyArray<readonly [string, string]> = [
  ['{action: insert, value: 1}', 'missing; expected key for the action insert'],
  ['{key: a, action: insert}', 'the action insert needs either value or from_attribute'],
  [
    '{key: a, value: 1, from_attribute: b, action: update}',
    'the action update needs either value or from_attribute',
  ],
  ['{action: delete}', 'missing; expected key or pattern for the action delete'],
  ['{key: a, action: extract}', 'missing; expected key and pattern for the action extract'],
  [
    '{key: a, pattern: "(x)", action: extract}',
    'expected a regular expression with named groups only, as (?P<name>...), found one with other groups, or without any',
  ],
  ['{key: a, action: convert}', 'missing; expected key and converted_type for the action convert'],
  ['{key: a, value: 1, pattern: x, action: insert}', 'the action insert has no pattern'],
  ['{key: a, converted_type: int, action: hash}', 'the action hash has no converted_type'],
  [
    '{key: a, converted_type: bool, action: convert}',
    'expected int, double or string, found "bool"',
  ],
]

actions('are refused with the reason', async () => {
  for (const [yaml, reason] of INVALID) {
    const [message = '', ...others] = await messages([configuration(yaml)], SURROUNDINGS)
    assert.ok(message.endsWith(`: ${reason}`), message)
    assert.equal(others, [])
  }
})

actions.run()
