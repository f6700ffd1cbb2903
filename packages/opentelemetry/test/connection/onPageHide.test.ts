import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { onPageHide } from '../../src/connection/onPageHide.ts'

const pageHide = suite('onPageHide')

pageHide('reacts to a page that is hidden, and to one that is left', () => {
  const seen: Array<string> = []
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const page = Object.assign(new EventTarget(), { document })
  onPageHide({ onHidden: () => seen.push('hidden'), onLeft: () => seen.push('left') }, page)
  document.dispatchEvent(new Event('visibilitychange'))
  assert.equal(seen, [])
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  page.dispatchEvent(new Event('pagehide'))
  assert.equal(seen, ['hidden', 'left'])
})

pageHide('does nothing where there is no page', () => {
  const fail = () => assert.unreachable('there is no page')
  onPageHide({ onHidden: fail, onLeft: fail }, {})
  onPageHide({ onHidden: fail, onLeft: fail })
})

pageHide.run()
