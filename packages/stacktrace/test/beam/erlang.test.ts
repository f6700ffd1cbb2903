import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/beam/erlang.ts'
import { calls, check, locationsOf, read, word } from '../print.ts'

const fun = fc.oneof(
  fc.tuple(word, word, fc.nat(9)).map(([module, fun, arity]) => `${module}:${fun}/${arity}`),
  fc.constantFrom("shop:'-main/0-fun-5-'/0", "'odd mod':'odd (fun)'/1"),
)

const parser = suite('parser')

parser('reads what erl_error prints', () => {
  const stack = calls(fun, '').map((each) =>
    each.map((call, at) => ({ ...call, file: `f${at}.erl` })),
  )
  check(fc.tuple(fc.constantFrom('error', 'throw', 'exit'), word, stack), ([type, term, stack]) => {
    const lines = stack.map(
      (c, at) =>
        `  in ${at === 0 ? 'function  ' : 'call from '}${c.fun} (${c.file}, line ${c.line})`,
    )
    const text = [`exception ${type}: {${term},\n                 [1,2]}`, ...lines].join('\n')
    const [exception] = read(_.erlang, `${type}:${term}`, text)
    assert.equal([exception?.type, exception?.value], [type, `{${term},\n                 [1,2]}`])
    assert.equal(
      locationsOf(exception),
      stack.map((c) => [c.fun, c.file, c.line, undefined]),
    )
  })
})

parser('takes the call of a failed clause out of the header', () => {
  const text = `exception error: no function clause matching t:ch(#{a => "x, y",b => {1,2}}) (t.erl, line 3)
  in function  t:s/2 (t.erl, line 7)
  in call from init:start_em/1 `
  const [exception] = read(_.erlang, 'error:function_clause', text)
  assert.is(exception?.value, 'no function clause matching t:ch(#{a => "x, y",b => {1,2}})')
  assert.equal(locationsOf(exception), [
    ['t:ch/1', 't.erl', 3, undefined],
    ['t:s/2', 't.erl', 7, undefined],
    ['init:start_em/1', undefined, undefined, undefined],
  ])
})

parser('reads built-in functions, and skips the notes about them', () => {
  const text = `exception error: bad argument
  in function  binary_to_integer/1
     called as binary_to_integer(<<"zz">>)
     *** argument 1: not a textual representation of an integer
  in call from t:s/2 (t.erl, line 7)`
  const [exception] = read(_.erlang, 'error:badarg', text)
  assert.equal(locationsOf(exception), [
    ['binary_to_integer/1', undefined, undefined, undefined],
    ['t:s/2', 't.erl', 7, undefined],
  ])
})

parser.run()
