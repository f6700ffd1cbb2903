import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import * as E from '#fp-ts/Either'
import * as ConfigProblem from '../../src/config/ConfigProblem.ts'
import * as _ from '../../src/config/GatewayConfig.ts'

interface Mistake {
  readonly kind: string
  readonly changes: ReadonlyArray<readonly [string, string]>
  readonly problems: ReadonlyArray<string>
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')

const BASE = fixture('base.yaml')

const MISTAKES: ReadonlyArray<Mistake> = parse(fixture('mistakes.yaml'))

/** Each replacement has one place, so that a mistake is where it seems to be. */
const changed = ({ changes }: Mistake): string =>
  changes.reduce((text, [from, to]) => {
    assert.is(text.split(from).length, 2, from)
    return text.replace(from, () => to)
  }, BASE)

const ENVIRONMENT: Readonly<Record<string, string>> = { LOOP: `\${env:LOOP}`, RECEIVER: 'otlp' }

const problemsOf = async (text: string): Promise<ReadonlyArray<string>> => {
  const loaded = await _.load(
    { configs: ['gateway.yaml'], sets: [], dsn: undefined },
    {
      env: (name) => ENVIRONMENT[name],
      readFile: async (path) =>
        path === 'gateway.yaml' ? E.right(text) : E.left('there is no such file'),
    },
  )
  return E.isRight(loaded)
    ? []
    : loaded.left.map((problem) => ConfigProblem.show(problem).replace(/^gateway\.yaml:/, ''))
}

const mistakes = suite('mistakes in a configuration')

mistakes('are made in a valid one', async () => {
  assert.equal(await problemsOf(BASE), [])
})

mistakes('are many, at least four of each kind', () => {
  const kinds = new Map<string, number>()
  for (const { kind } of MISTAKES) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  assert.ok(MISTAKES.length >= 60)
  assert.equal(
    [...kinds].filter(([, count]) => count < 4),
    [],
  )
})

for (const kind of new Set(MISTAKES.map((mistake) => mistake.kind))) {
  mistakes(`have their place and the way out: ${kind}`, async () => {
    for (const mistake of MISTAKES.filter((one) => one.kind === kind)) {
      assert.equal(await problemsOf(changed(mistake)), mistake.problems)
    }
  })
}

mistakes('show no secret', () => {
  for (const { problems } of MISTAKES) assert.not.match(problems.join('\n'), /hush/)
})

mistakes.run()
