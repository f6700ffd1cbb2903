import { X509Certificate } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { selfSigned } from '../../src/tls/selfSigned.ts'

const certificates = suite('selfSigned')

certificates('is valid from 2000 to 2100, for localhost and 127.0.0.1, and signs itself', () => {
  const { cert } = selfSigned()
  const read = new X509Certificate(cert)
  assert.is(new Date(read.validFrom).getUTCFullYear(), 2000)
  assert.is(new Date(read.validTo).getUTCFullYear(), 2100)
  assert.is(read.checkIP('127.0.0.1'), '127.0.0.1')
  assert.is(read.checkHost('localhost'), 'localhost')
  assert.is(read.verify(read.publicKey), true)
})

certificates('is another one each time', () => {
  assert.is.not(selfSigned().cert, selfSigned().cert)
})

certificates.run()
