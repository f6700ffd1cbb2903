import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/LogRecord.ts'

const severityOfText = suite('LogRecord.severityOfText')

severityOfText('reads the words of loggers in any case', () => {
  const rows: ReadonlyArray<readonly [unknown, number]> = [
    ['trace', 1],
    ['Debug', 5],
    ['INFO', 9],
    ['warning', 13],
    ['Error', 17],
    ['[CRITICAL]', 21],
    ['SEVERITY_NUMBER_FATAL', 21],
    ['colour', 0],
    [17, 0],
    [undefined, 0],
  ]
  for (const [text, severity] of rows) assert.is(_.severityOfText(text), severity, String(text))
})

severityOfText.run()
