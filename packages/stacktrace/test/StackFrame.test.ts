import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../src/StackFrame.ts'

const make = suite('make')

make('leaves out the fields that are unknown', () => {
  const frame = _.make({ function: 'pay', module: undefined, lineno: 3, in_app: undefined })
  assert.equal(frame, { function: 'pay', lineno: 3 })
  assert.equal(Object.keys(frame), ['function', 'lineno'])
})

make('keeps every field that is known, also empty and false ones', () => {
  const fields = {
    function: '',
    module: 'shop',
    filename: 'a.js',
    abs_path: '/srv/a.js',
    lineno: 1,
    colno: 2,
    in_app: false,
    context_line: 'pay()',
    package: 'libshop.so',
    instruction_addr: '0x1',
  }
  assert.equal(_.make(fields), fields)
})

make('gives an empty frame of no fields', () => assert.equal(_.make({}), {}))

make.run()
