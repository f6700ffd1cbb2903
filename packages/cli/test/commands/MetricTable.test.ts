import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/commands/MetricTable.ts'

const table = suite('MetricTable')

const row = (name: string, items: number): _.MetricRow => ({ name, series: 1, points: 2, items })

table('has no lines without metrics', () => {
  assert.equal(_.of([], []), [])
  assert.equal(_.draw([]), [])
})

table('has a line for each name, and their sums', () => {
  assert.equal(_.draw([row('size', 1_200)]), [
    'metric      series      points       items',
    'size             1           2       1,200',
  ])
  assert.equal(_.draw([row('größe', 3), row('日本', 1)]), [
    'metric      series      points       items',
    'größe            1           2           3',
    '日本             1           2           1',
    'all              2           4           4',
  ])
})

table('adds up many names, and cuts long ones', () => {
  const rows = Array.from({ length: 40 }, (_one, index) => row('a'.repeat(index + 50), 1))
  const lines = _.draw(rows)
  assert.is(lines.length, 33)
  assert.match(lines.at(-2) ?? '', /^10 more names +10 +20 +10$/)
  assert.match(lines.at(-1) ?? '', /^all +40 +80 +40$/)
  assert.ok(lines.every((line) => line.length === 96))
})

table('has the table that the README shows', () => {
  const rows = [
    { name: 'v8js.memory.heap.space.size', series: 18, points: 36, items: 36 },
    { name: 'nodejs.eventloop.utilization', series: 2, points: 4, items: 4 },
    { name: 'http.client.request.duration', series: 10, points: 20, items: 2 },
  ]
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  assert.ok(readme.includes(_.draw(rows).join('\n')))
})

table.run()
