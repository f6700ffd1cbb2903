import { testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { main } from '../src/Main.ts'

const program = suite('main')

program('lists its commands for --help', async () => {
  const environment = testEnvironment({})
  assert.is(await main(['--help'])(environment)(), 0)
  for (const name of ['check', 'convert', 'explain', 'sink']) {
    assert.match(environment.printed.stdout, new RegExp(`^  ${name} `, 'm'))
  }
})

program('gives the words after the name to the command', async () => {
  const environment = testEnvironment({})
  assert.is(await main(['convert', '--help'])(environment)(), 0)
  assert.match(environment.printed.stdout, 'Usage: sentry-exporter convert')
})

program('ends with 2 for an unknown command, and names it', async () => {
  const environment = testEnvironment({})
  assert.is(await main(['nonsense'])(environment)(), 2)
  assert.match(environment.printed.stderr, 'unknown command "nonsense"')
})

program.run()
