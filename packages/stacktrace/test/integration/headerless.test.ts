import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import * as _ from '../../src/StackTrace.ts'

/** A name, the language, a text without a header, and its number of frames. */
const TEXTS: ReadonlyArray<readonly [string, string, string, number]> = [
  [
    'getTraceAsString',
    'php',
    '#0 /srv/vendor/a/K.php(54): App\\Show->run(7)\n#1 /srv/S.php(31): App\\Cart->total()\n#2 {main}',
    3,
  ],
  [
    'an array of elements',
    'java',
    '[shop.Cart.total(Cart.java:1), shop.Main.main(Main.java:22)]',
    2,
  ],
  ['elements in lines', 'java', 'shop.Cart.total(Cart.java:1)\nshop.Main.main(Main.java:22)', 2],
  ['frames', 'java', '\tat shop.Cart.total(Cart.java:1)\n\tat shop.Main.main(Main.java:22)\n', 2],
  [
    'format_tb',
    'python',
    '  File "/srv/a.py", line 8, in f\n    g()\n  File "/srv/b.py", line 9, in g\n    raise E\n',
    2,
  ],
  [
    'a list of format_tb',
    'python',
    `['  File "/srv/a.py", line 8, in f\\n    g()\\n', '  File "/srv/b.py", line 9, in g\\n    raise E\\n']`,
    2,
  ],
  ['backtrace', 'ruby', "/srv/a.rb:6:in `attempt'\n/srv/b.rb:7:in `run'", 2],
  ['an array of calls', 'ruby', '["/srv/a.rb:6:in `attempt\'", "/srv/b.rb:7:in `run\'"]', 2],
  ['calls', 'go', 'main.pay(0x1)\n\t/srv/a.go:12 +0x1\nmain.main()\n\t/srv/b.go:13 +0x2\n', 2],
  [
    'frames',
    'dotnet',
    '   at Shop.Cart.Total(Int32 x) in /srv/Cart.cs:line 34\n   at Shop.Main.Run() in /srv/M.cs:line 5',
    2,
  ],
  ['frames of V8', 'nodejs', '    at f (/srv/a.js:1:2)\n    at g (/srv/b.js:3:4)', 2],
  ['frames of Firefox', 'webjs', 'f@https://h/a.js:1:2\ng@https://h/b.js:3:4', 2],
  [
    'a backtrace',
    'rust',
    '   0: shop::pay\n             at ./src/main.rs:3:4\n   1: shop::main\n             at ./src/main.rs:9:4',
    2,
  ],
  [
    'format_stacktrace',
    'erlang',
    '    (shop 0.1.0) lib/a.ex:6: Shop.pay/1\n    (shop 0.1.0) lib/b.ex:7: Shop.run/0',
    2,
  ],
  [
    'calls',
    'erlang',
    '  in function  shop:pay/1 (shop.erl, line 6)\n  in call from shop:run/0 (shop.erl, line 9)',
    2,
  ],
  [
    'callStackSymbols',
    'swift',
    '0   Shop    0x0000000104d2c4a8 $s4Shop3payyyF + 12\n1   UIKit   0x0000000104d2c4a9 main + 4',
    2,
  ],
  ['a stacktrace', 'cpp', ' 0# shop::pay(int) at /srv/shop.cpp:24\n 1# main at /srv/main.cpp:3', 2],
]

const headerless = suite('parse of a text without a header')

for (const [name, language, stacktrace, count] of TEXTS) {
  headerless(`reads ${name} of ${language} and keeps the type and the message`, () => {
    for (const type of ['App.MyError', undefined]) {
      for (const message of ['cart 7 is empty', undefined]) {
        const { exceptions, isWhole } = _.parse(parsers)({ type, message, stacktrace, language })
        assert.equal(
          exceptions.map((one) => [one.type, one.value, one.frames.length]),
          [[type ?? '', message ?? '', count]],
        )
        assert.ok(isWhole)
      }
    }
  })
}

headerless.run()
