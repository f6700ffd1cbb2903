import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as ExportLogsRequest from '../../src/ExportLogsRequest.ts'
import * as _ from '../../src/text/SeverityText.ts'
import { body, message, number, text } from '../protobuf/message.ts'

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

const numberOf = suite('SeverityText.numberOf')

for (const [severity, ...words] of WORDS) {
  for (const word of words) {
    numberOf(`${JSON.stringify(word)} is ${severity}`, () => assert.is(_.numberOf(word), severity))
  }
}

numberOf('is 0 for what is no text', () => {
  for (const value of [undefined, null, 17, {}]) assert.is(_.numberOf(value), 0)
})

const records = (decoded: ReturnType<typeof ExportLogsRequest.decode>): ReadonlyArray<number> =>
  E.isLeft(decoded) ? [] : decoded.right.records.map(({ severity }) => severity)

numberOf('counts where there is no number, in both encodings', () => {
  const severities: ReadonlyArray<readonly [number, string, expected: number]> = [
    [0, 'Error', 17],
    [9, 'Error', 9],
    [0, '', 0],
  ]
  for (const [severityNumber, severityText, expected] of severities) {
    const json = { severityNumber, severityText }
    assert.equal(
      records(
        ExportLogsRequest.decode({ resourceLogs: [{ scopeLogs: [{ logRecords: [json] }] }] }),
      ),
      [expected],
    )
    const record = message(2, number(2, severityNumber), text(3, severityText))
    assert.equal(records(ExportLogsRequest.parseProtobuf(body(message(1, message(2, record))))), [
      expected,
    ])
  }
})

numberOf.run()
