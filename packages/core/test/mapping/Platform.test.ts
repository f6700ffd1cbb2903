import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Platform from '../../src/mapping/Platform.ts'
import * as Resource from '../../src/model/Resource.ts'

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

platform.run()
