import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Report from '../../src/reports/Report.ts'

const test = suite('bug reports: prisma-query-without-system')

test('the text of a query is enough', async () => {
  const { transactions, problems } = await Report.deliver('prisma-query-without-system')
  assert.equal(problems, [])
  const spans: ReadonlyArray<Report.ReportEvent> = Object(transactions[0]?.['spans'])
  assert.equal(
    spans.map(({ op, description }) => [op, description]),
    [
      [undefined, 'prisma:client:operation'],
      ['db.query', 'SELECT "id" FROM "Order" WHERE "state" = $1'],
      ['db.query', 'SELECT "id" FROM "Item" WHERE "order" = $1'],
    ],
  )
})

test.run()
