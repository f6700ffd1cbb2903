import { existsSync } from 'node:fs'
import { httpCases } from '@sentry-exporter/testing/httpCases'
import { nodeHttp } from '@sentry-exporter/transport-node'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../../src/campaigns/runtimes/runtimes.ts'

const ADDRESS = { control: 'http://127.0.0.1:9', secure: 'https://127.0.0.1:9' }

const runtimes = suite('campaign runtimes')

runtimes('state which runtimes are missing, with the place where each was looked for', () => {
  const missing = _.all('/nowhere').flatMap(({ runtime }) => {
    const reason = runtime.missing()
    return reason === undefined ? [] : [[runtime.name, reason]]
  })
  const elsewhere = missing.filter(([name]) => name !== 'Chromium')
  assert.equal(
    elsewhere.map(([name]) => name),
    ['Node 22', 'Node 24', 'Node 22, SDK 3', 'Node 24, SDK 3', 'Deno', 'Bun', 'workerd'],
  )
  for (const [, reason] of elsewhere) assert.match(reason ?? '', /^there is no \/nowhere\//)
  const chromium = missing.find(([name]) => name === 'Chromium')
  if (chromium !== undefined) assert.match(chromium[1] ?? '', /^no Chromium at /)
  assert.ok(existsSync(process.execPath))
})

runtimes('name each case that a runtime cannot pass, with its reason', () => {
  const named = _.all('/nowhere').flatMap(({ runtime, https }) =>
    https.flatMap((http) =>
      httpCases(nodeHttp, ADDRESS, http.unable).flatMap(({ title, doesNotApply }) =>
        doesNotApply === undefined ? [] : [[runtime.name, http.name, title]],
      ),
    ),
  )
  const abilities = _.all('/nowhere').flatMap(({ https }) =>
    https.flatMap(({ unable }) => Object.keys(unable)),
  )
  assert.is(named.length, abilities.length)
  assert.equal([...new Set(named.map(([name]) => name))], ['workerd', 'Chromium'])
})

runtimes.run()
