import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/SpanKind.ts'

const receives = suite('SpanKind.receives')

receives('is true for servers and consumers', () => {
  assert.equal(_.all.filter(_.receives), ['SERVER', 'CONSUMER'])
})

receives.run()
