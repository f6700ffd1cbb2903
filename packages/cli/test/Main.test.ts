import { readFileSync } from 'node:fs'
import { testEnvironment } from '@sentry-exporter/workspace/TestEnvironment'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { main } from '../src/Main.ts'

const program = suite('main')

program('lists its commands for --help', async () => {
  const environment = testEnvironment({})
  assert.is(await main(['--help'])(environment)(), 0)
  for (const name of ['check', 'convert', 'explain', 'send', 'sink']) {
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

program('prints the version of its package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  for (const word of ['--version', '-V']) {
    const environment = testEnvironment({})
    assert.is(await main([word])(environment)(), 0)
    assert.is(environment.printed.stdout, `${version}\n`)
  }
})

program('does not print a DSN that is given in the place of a file', async () => {
  for (const command of ['convert', 'explain', 'send']) {
    const environment = testEnvironment({})
    assert.is(await main([command, 'https://key:hush@sentry.example.com/42'])(environment)(), 2)
    assert.not.match(environment.printed.stderr, 'hush')
    assert.match(environment.printed.stderr, 'files')
  }
})

program.run()
