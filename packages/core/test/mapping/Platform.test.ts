import { span } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as Platform from '../../src/mapping/Platform.ts'
import * as Resource from '../../src/model/Resource.ts'
import { assemble } from '../../src/pipeline/assemble.ts'

const platform = suite('Platform.of')

const PLATFORMS: ReadonlyArray<readonly [string, string]> = [
  ['nodejs', 'node'],
  ['webjs', 'javascript'],
  ['java', 'java'],
  ['kotlin', 'java'],
  ['dotnet', 'csharp'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['go', 'go'],
  ['erlang', 'elixir'],
  ['rust', 'native'],
  ['cpp', 'native'],
  ['swift', 'cocoa'],
  ['deno-rust', 'javascript'],
  ['deno', 'javascript'],
  ['workers', 'javascript'],
  ['NodeJS', 'node'],
  ['golang', 'go'],
  ['csharp', 'csharp'],
  ['elixir', 'elixir'],
  ['cobol', 'other'],
]

for (const [language, name] of PLATFORMS) {
  platform(`${language} is ${name}`, () => {
    assert.is(Platform.of(Resource.of({ 'telemetry.sdk.language': language })), name)
  })
}

platform('is other if the language is unknown', () => {
  assert.is(Platform.of(Resource.of({})), 'other')
})

const RUNTIMES: ReadonlyArray<readonly [string, string]> = [
  ['nodejs', 'node'],
  ['bun', 'node'],
  ['deno', 'javascript'],
  ['browser', 'javascript'],
  ['CPython', 'python'],
  ['OpenJDK Runtime Environment', 'java'],
  ['go', 'go'],
  ['.NET', 'csharp'],
  ['BEAM', 'elixir'],
  ['ruby', 'ruby'],
  ['rustc', 'native'],
  ['cli', 'php'],
  ['cobol', 'other'],
]

for (const [runtime, name] of RUNTIMES) {
  platform(`the runtime ${runtime} is ${name}`, () => {
    const attributes = { 'telemetry.sdk.language': 'x', 'process.runtime.name': runtime }
    assert.is(Platform.of(Resource.of(attributes)), name)
  })
}

platform('is that of the attributes of a span where the resource has none', () => {
  const { transactions } = assemble({ mapping: Mapping.sentry })([
    span({
      resource: Resource.of({ 'cloud.provider': 'cloudflare' }),
      attributes: { 'telemetry.sdk.language': 'javascript' },
    }),
  ])
  assert.is(transactions[0]?.platform, 'javascript')
})

platform.run()
