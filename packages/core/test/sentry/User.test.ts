import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/sentry/User.ts'

const ofData = suite('User.ofData')

ofData('reads the newer keys first, and numbers as text', () => {
  assert.equal(_.ofData({ 'enduser.id': 'a', 'user.id': 7, 'user.email': 'a@b' }), {
    id: '7',
    email: 'a@b',
  })
})

ofData('takes only IP addresses as the address', () => {
  assert.equal(_.ofData({ 'client.address': 'host.example' }), undefined)
  assert.equal(_.ofData({ 'client.address': '10.0.0.1' }), { ip_address: '10.0.0.1' })
  assert.equal(_.ofData({ 'client.address': 'h', 'user.ip_address': '::1' }), { ip_address: '::1' })
})

ofData('cuts at the limits of the server', () => {
  assert.is(_.ofData({ 'user.id': 'x'.repeat(500) })?.id?.length, 128)
  assert.is(_.ofData({ 'user.email': 'x'.repeat(500) })?.email?.length, 75)
})

ofData.run()
