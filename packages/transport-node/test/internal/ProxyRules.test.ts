import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/internal/ProxyRules.ts'

const proxies = suite('ProxyRules.fromEnvironment')

const PROXY = 'http://proxy:3128'

const ROWS: ReadonlyArray<readonly [_.Environment, string, string | undefined]> = [
  [{}, 'https://sentry.io/', undefined],
  [{ HTTPS_PROXY: PROXY }, 'https://sentry.io/', PROXY],
  [{ https_proxy: PROXY }, 'https://sentry.io/', PROXY],
  [{ https_proxy: 'http://small:1', HTTPS_PROXY: PROXY }, 'https://sentry.io/', 'http://small:1'],
  [{ HTTPS_PROXY: PROXY }, 'http://sentry.io/', undefined],
  [{ HTTP_PROXY: PROXY }, 'http://sentry.io/', PROXY],
  [{ HTTP_PROXY: PROXY }, 'https://sentry.io/', undefined],
  [{ HTTP_PROXY: PROXY, REQUEST_METHOD: 'GET' }, 'http://sentry.io/', undefined],
  [{ http_proxy: PROXY, REQUEST_METHOD: 'GET' }, 'http://sentry.io/', PROXY],
  [{ HTTPS_PROXY: 'proxy:3128' }, 'https://sentry.io/', PROXY],
  [{ HTTPS_PROXY: ' ' }, 'https://sentry.io/', undefined],
  [{ HTTP_PROXY: PROXY }, 'http://localhost/', undefined],
  [{ HTTP_PROXY: PROXY }, 'http://127.0.0.2/', undefined],
  [{ HTTP_PROXY: PROXY }, 'http://[::1]/', undefined],
]

for (const [environment, url, expected] of ROWS) {
  proxies(`${JSON.stringify(environment)}: ${url}`, () => {
    assert.is(_.fromEnvironment(environment)(new URL(url)), expected)
  })
}

const EXEMPT: ReadonlyArray<readonly [string, string, boolean]> = [
  ['*', 'https://sentry.io/', true],
  ['sentry.io', 'https://sentry.io/', true],
  ['SENTRY.io', 'https://sentry.io/', true],
  ['sentry.io', 'https://o1.ingest.sentry.io/', true],
  ['sentry.io', 'https://notsentry.io/', false],
  ['.sentry.io', 'https://sentry.io/', false],
  ['.sentry.io', 'https://o1.sentry.io/', true],
  ['*.sentry.io', 'https://o1.sentry.io/', true],
  ['sentry.io:443', 'https://sentry.io/', true],
  ['sentry.io:8443', 'https://sentry.io/', false],
  ['sentry.io:8443', 'https://sentry.io:8443/', true],
  ['a.example, sentry.io', 'https://sentry.io/', true],
  ['a.example sentry.io', 'https://sentry.io/', true],
  ['10.0.0.7', 'https://10.0.0.7/', true],
  ['10.0.0.0/8', 'https://10.1.2.3/', true],
  ['10.0.0.0/8', 'https://11.1.2.3/', false],
  ['10.0.0.0/99', 'https://10.1.2.3/', false],
  ['fd00::/8', 'https://[fd12::1]/', true],
  ['fd12::1', 'https://[fd12::1]/', true],
  ['[fd12::1]', 'https://[fd12::1]/', true],
  ['0.0.7', 'https://10.0.0.7/', false],
  ['', 'https://sentry.io/', false],
]

for (const [noProxy, url, isExempt] of EXEMPT) {
  proxies(`NO_PROXY=${noProxy}: ${url}`, () => {
    const proxyFor = _.fromEnvironment({ HTTPS_PROXY: PROXY, NO_PROXY: noProxy })
    assert.is(proxyFor(new URL(url)), isExempt ? undefined : PROXY)
  })
}

proxies('always and none do not depend on the address', () => {
  assert.is(_.always('proxy:3128')(new URL('http://localhost/')), PROXY)
  assert.is(_.none(new URL('https://sentry.io/')), undefined)
})

proxies.run()
