import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parsers } from '../../src/parsers.ts'
import * as StackTrace from '../../src/StackTrace.ts'

const TEXTS = [
  `#0      Cart.total (package:shop/cart.dart:12:7)
<asynchronous suspension>
#1      main.<anonymous closure> (file:///srv/bin/main.dart:30:3)
<asynchronous suspension>
#2      _RootZone.runUnary (dart:async/zone.dart:1407:47)
`,
  `package:shop/cart.dart 12:7        Cart.total
file:///srv/bin/main.dart 30:3     main.<fn>
===== asynchronous gap ===========================
dart:async/zone.dart 1407:47       _RootZone.runUnary
`,
]

const dart = suite('dart')

for (const stacktrace of TEXTS) {
  for (const language of ['dart', undefined]) {
    dart(`reads ${stacktrace.slice(0, 20)} of language ${language}`, () => {
      const source = { type: 'StateError', message: 'Bad state: no card', stacktrace, language }
      const { exceptions, isWhole } = StackTrace.parse(parsers)(source)
      assert.equal(exceptions[0]?.frames, [
        {
          function: '_RootZone.runUnary',
          filename: 'zone.dart',
          abs_path: 'dart:async/zone.dart',
          lineno: 1407,
          colno: 47,
          in_app: false,
        },
        {
          function: 'main.<fn>',
          filename: 'main.dart',
          abs_path: 'file:///srv/bin/main.dart',
          lineno: 30,
          colno: 3,
          in_app: true,
        },
        {
          function: 'Cart.total',
          filename: 'cart.dart',
          abs_path: 'package:shop/cart.dart',
          lineno: 12,
          colno: 7,
          in_app: true,
        },
      ])
      assert.ok(isWhole)
    })
  }
}

dart.run()
