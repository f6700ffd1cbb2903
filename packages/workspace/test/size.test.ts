import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Imports from '../src/lint/Imports.ts'
import { scope } from '../src/lint/packageRules.ts'
import * as Bundle from '../src/size/Bundle.ts'
import * as Sizes from '../src/size/Sizes.ts'

const bundle = suite('Bundle.make')

/** Of `process` what programs use of it: attributes of OpenTelemetry are called `process.runtime.name`. */
const FOREIGN =
  /cross-fetch|node-fetch|\bprocess\.(argv|cwd|emit|env|exit|hrtime|memoryUsage|nextTick|on|platform|std\w+|versions?)\b|\bBuffer\b/

for (const part of Bundle.parts) {
  for (const platform of Bundle.platforms) {
    bundle(`${part.name} for ${platform}: no module of Node, no cross-fetch`, async () => {
      const { text, inputs, externals } = await Bundle.make(part, platform)
      assert.equal(externals, [])
      assert.equal(
        inputs.filter((path) => /cross-fetch|node-fetch|transport-node|undici/.test(path)),
        [],
      )
      // `node:internal` is a place in stack traces; what counts is what would be loaded.
      assert.equal(Imports.of({ path: 'bundle.js', text }), [])
      assert.not.match(text, FOREIGN)
      assert.ok(inputs.some((path) => path.includes('transport-fetch/dist/platform/')))
    })
  }
}

bundle('shows a module of Node, if there is one', async () => {
  const program = "export * from 'node:fs'"
  const { externals } = await Bundle.make({ name: 'x', program, budget: 0 }, 'browser')
  assert.equal(externals, ['node:fs'])
})

bundle('of chosen parsers of stack traces holds no other parser', async () => {
  const textOf = async (from: string, list: string): Promise<string> => {
    const program = `import { ${list} } from '${scope}/${from}'
import * as StackTrace from '${scope}/stacktrace/StackTrace'
export const parse = StackTrace.parse([${list}].flat())`
    return (await Bundle.make({ name: 'x', program, budget: 0 }, 'browser')).text
  }
  const others = ['Traceback', 'Suppressed', 'InnerException', 'goroutine', 'Foundation', 'glibc']
  for (const from of ['stacktrace', 'stacktrace/parsers']) {
    const [all, chosen] = [await textOf(from, 'parsers'), await textOf(from, 'safari, firefox, v8')]
    for (const word of ['self-hosted', ...others]) assert.match(all, word)
    assert.match(chosen, 'self-hosted')
    for (const word of others) assert.not.match(chosen, word)
  }
})

bundle('of the classes for the SDK holds no decoder of OTLP', async () => {
  const textOf = async (from: string): Promise<string> =>
    (await Bundle.make({ name: 'x', program: `export * from '${from}'`, budget: 0 }, 'browser'))
      .text
  const [all, chosen] = [
    await textOf(`${scope}/exporter`),
    await textOf(`${scope}/opentelemetry/fetch`),
  ]
  assert.match(all, 'startTimeUnixNano')
  assert.not.match(chosen, 'startTimeUnixNano')
})

bundle.run()

const sizes = suite('Sizes')

const [part = { name: '', program: '', budget: 1_000 }] = Bundle.parts
const size: Sizes.Size = { part, platform: 'workerd', minified: 12_345, compressed: 4_500 }

sizes('are shown with digits that can be read, and known again', () => {
  const page = Sizes.show([size])
  assert.match(page, '| envelope + transport-fetch | workerd | 12,345 | 4,500 | 6,600 |')
  assert.is(Sizes.isCurrent(page, [size]), true)
  assert.is(Sizes.isCurrent(page, [{ ...size, compressed: 4_510 }]), true)
  assert.is(Sizes.isCurrent(page, [{ ...size, compressed: 4_700 }]), false)
  assert.is(Sizes.isCurrent(page, [size, size]), false)
})

sizes('are compared with the budget', () => {
  assert.is(Sizes.isWithinBudget({ ...size, compressed: part.budget }), true)
  const large = { ...size, compressed: part.budget + 1 }
  assert.is(Sizes.isWithinBudget(large), false)
  assert.match(Sizes.show([large]), '| 6,601 | 6,600, exceeded |')
})

sizes.run()
