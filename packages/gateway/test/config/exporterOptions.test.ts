import { readFileSync } from 'node:fs'
import * as Config from '@sentry-exporter/exporter/Config'
import * as ConfigOption from '@sentry-exporter/transport/ConfigOption'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import * as _ from '../../src/config/component/exporterOptions.ts'

const spelling = ConfigOption.collectorSpelling

const options = suite('options of the exporter')

options('are those of Config, but for the DSN and for functions', () => {
  assert.equal([..._.OPTIONS, ..._.FUNCTIONS, 'dsn'].sort(), [...Config.KEYS].sort())
  assert.equal([..._.FUNCTIONS].sort(), [
    'beforeSendError',
    'beforeSendLog',
    'beforeSendMetric',
    'beforeSendSpan',
    'beforeSendTransaction',
    'fingerprint',
    'onOutcome',
    'warn',
  ])
})

options('are all in the configuration of the fixtures', () => {
  const text = readFileSync(new URL('../../fixtures/gateway.yaml', import.meta.url), 'utf8')
  assert.equal(
    Object.keys(parse(text).exporters.sentry).sort(),
    ['dsn', ..._.OPTIONS.map(spelling)].sort(),
  )
})

options('have a hint for each other spelling', () => {
  for (const key of _.OPTIONS) {
    if (spelling(key) !== key) assert.is(_.optionHints[key], `write ${spelling(key)}`)
  }
  for (const key of _.FUNCTIONS) assert.match(_.optionHints[spelling(key)] ?? '', /function/)
})

options.run()
