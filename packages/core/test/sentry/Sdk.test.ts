import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sentry/Sdk.ts'

const sdk = suite('Sdk.sdk')

sdk('has the version of the package', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  assert.is(_.sdk.version, JSON.parse(manifest).version)
})

sdk.run()
