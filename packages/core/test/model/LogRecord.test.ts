import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/model/LogRecord.ts'

const WORDS: ReadonlyArray<readonly [severity: number, ...words: ReadonlyArray<string>]> = [
  [21, 'FATAL', 'Fatal', 'critical', '[CRITICAL]', 'crit', 'panic', 'DPANIC', 'alert', 'emerg'],
  [21, 'EMERGENCY', 'SEVERITY_NUMBER_FATAL2', 'F', 'OFF'],
  [17, 'ERROR', 'error', 'Err', ' error: ', '<error>', 'SEVERE', 'failure', 'E', 'ERROR2'],
  [13, 'WARN', 'warning', 'W'],
  [9, 'INFO', 'Information', 'notice', 'log', 'I'],
  [5, 'DEBUG', 'FINE', 'config', 'D'],
  [1, 'TRACE', 'verbose', 'FINER', 'FINEST', 'V'],
  [0, '', 'x', 'offline', 'logger', 'configured', '???', '17', 'effort', 'terror'],
]

const severityOfText = suite('LogRecord.severityOfText')

for (const [severity, ...words] of WORDS) {
  for (const word of words) {
    severityOfText(`${JSON.stringify(word)} is ${severity}`, () =>
      assert.is(_.severityOfText(word), severity),
    )
  }
}

severityOfText('is 0 for what is no text', () => {
  for (const value of [undefined, null, 17, {}]) assert.is(_.severityOfText(value), 0)
})

severityOfText.run()
