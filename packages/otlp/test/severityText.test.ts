import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import * as ExportLogsRequest from '../src/ExportLogsRequest.ts'
import { body, message, number, text } from './protobuf/message.ts'

const severityText = suite('the severity of a word')

const records = (decoded: ReturnType<typeof ExportLogsRequest.decode>): ReadonlyArray<number> =>
  E.isLeft(decoded) ? [] : decoded.right.records.map(({ severity }) => severity)

severityText('counts where there is no number, in both encodings', () => {
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

severityText.run()
