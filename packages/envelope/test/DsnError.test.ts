import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/DsnError.ts'

const show = suite('DsnError.show')

show('contains the mistake and the expected form', () => {
  assert.is(
    _.show({ _tag: 'BadPort' }),
    "the DSN's port is not a number from 1 to 65535; expected https://PUBLIC_KEY@HOST[:PORT][/PATH]/PROJECT_ID",
  )
})

show.run()
