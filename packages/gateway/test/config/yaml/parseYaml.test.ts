import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as ConfigNode from '../../../src/config/ConfigNode.ts'
import * as ConfigProblem from '../../../src/config/ConfigProblem.ts'
import * as _ from '../../../src/config/yaml/parseYaml.ts'

const parsed = (text: string): ConfigNode.ConfigNode => {
  const node = _.parseYaml('f', text)
  if (E.isLeft(node)) throw new Error(node.left.map(ConfigProblem.show).join('\n'))
  return node.right
}

const value = (text: string): unknown => ConfigNode.toPlain(parsed(text), false)

const problems = (text: string): ReadonlyArray<string> => {
  const node = _.parseYaml('f', text)
  return E.isRight(node) ? [] : node.left.map(ConfigProblem.show)
}

const VALUES: ReadonlyArray<readonly [string, unknown]> = [
  ['', null],
  ['# nothing', null],
  ['---\na: 1', { a: 1 }],
  ['a: yes\nb: on\nc: ~\nd: null\ne:', { a: 'yes', b: 'on', c: null, d: null, e: null }],
  ['a: 1e3\nb: 0x1F\nc: "5"\nd: 2001-01-01', { a: 1000, b: 31, c: '5', d: '2001-01-01' }],
  ['1: a\ntrue: b', { '1': 'a', true: 'b' }],
  ['a: |\n  x\n  y\nb: >\n  x\n  y\n', { a: 'x\ny\n', b: 'x y\n' }],
  ['a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
  ['a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
  ['a: &x {b: {c: 1}}\nd:\n  <<: *x\n  b: {e: 2}', { a: { b: { c: 1 } }, d: { b: { e: 2 } } }],
  [
    'a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}',
    { a: { b: 1 }, c: { b: 2, d: 3 }, e: { b: 1, d: 3 } },
  ],
  ['"<<": 1', { '<<': 1 }],
  ['a::b::c: 1\na: {b: {d: 2}}', { a: { b: { c: 1, d: 2 } } }],
  ['__proto__: {a: 1}', JSON.parse('{"__proto__": {"a": 1}}')],
]

const yaml = suite('parseYaml')

yaml('reads YAML 1.2 with merge keys', () => {
  for (const [text, plain] of VALUES) assert.equal(value(text), plain, text)
})

yaml('knows the place of each value', () => {
  const node = parsed('a:\n  b: [1, &x c]\n  d: *x\n  e:\n')
  const at = (...keys: ReadonlyArray<string>): string => {
    const place = ConfigNode.lookup(node, keys)?.place
    return `${place?.line}:${place?.column}`
  }
  assert.equal([at('a'), at('a', 'b'), at('a', 'd'), at('a', 'e')], ['2:3', '2:6', '2:13', '4:3'])
})

const BAD: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ['a: 1\nb: 2\na: 3', ['f:3:1: error: not valid YAML: this key is in the map twice']],
  [
    'a:\n\tb: 1',
    ['f:2:1: error: not valid YAML: a tab in the indentation; YAML allows only spaces'],
  ],
  [
    'a: 1\n---\nb: 2',
    ['f:2:1: error: not valid YAML: a second document after ---; a configuration is one document'],
  ],
  ['[a]: 1', ['f:1:1: error: not valid YAML: a key is a list or a map; expected a text']],
  [
    'a: &x {<<: 5}',
    [
      'f:1:12: error: not valid YAML: a merge key << has another value than a map, or a list of maps',
    ],
  ],
  [
    'a: &x {b: *x}',
    ['f:1:7: error: not valid YAML: more than 100 levels, or an alias inside of its own anchor'],
  ],
  [
    '- a\nb: c',
    [
      'f:2:1: error: not valid YAML: this does not belong here; is the indentation right, or are quotes missing?',
    ],
  ],
]

yaml('names the place and the mistake', () => {
  for (const [text, messages] of BAD) assert.equal(problems(text), messages, text)
})

yaml('refuses aliases that multiply', () => {
  const levels = Array.from({ length: 20 }, (_value, level) =>
    level === 0 ? 'l0: &l0 [x, x]' : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`,
  )
  assert.match(problems(levels.join('\n')).join(), /more than 100000 values/)
})

yaml.run()
