import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/receiver/Listener.ts'

const showAddress = suite('Listener.showAddress')

for (const [address, text] of [
  [{ _tag: 'Tcp', host: '127.0.0.1', port: 4318 }, '127.0.0.1:4318'],
  [{ _tag: 'Tcp', host: '::1', port: 4318 }, '[::1]:4318'],
  [{ _tag: 'Unix', path: '/run/otlp.sock' }, '/run/otlp.sock'],
] as const) {
  showAddress(`is ${text}`, () => {
    assert.is(_.showAddress(address), text)
  })
}

showAddress.run()

const showError = suite('Listener.showError')

const errors: ReadonlyArray<readonly [_.ListenError, string]> = [
  [{ _tag: 'AddressInUse', address: 'a:1' }, 'a:1 is in use by another process'],
  [
    { _tag: 'AddressUnavailable', address: 'a:1', code: 'ENOTFOUND' },
    'cannot listen on a:1: ENOTFOUND',
  ],
  [{ _tag: 'PermissionDenied', address: 'a:80' }, 'no permission to listen on a:80'],
  [
    { _tag: 'NotASocket', path: '/etc/hosts' },
    '/etc/hosts exists and is no socket: remove it or configure another path',
  ],
  [
    { _tag: 'TlsFileUnreadable', path: 'key.pem', code: 'ENOENT' },
    'the file key.pem of the TLS settings cannot be read: ENOENT',
  ],
  [{ _tag: 'TlsInvalid', reason: 'no key' }, 'the TLS settings cannot be used: no key'],
]

for (const [error, text] of errors) {
  showError(`of ${error._tag} names the place and the problem`, () => {
    assert.is(_.showError(error), text)
  })
}

showError.run()
