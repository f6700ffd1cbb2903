import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as _ from '../../src/performance/Chart.ts'

const chart = suite('Chart')

const LABELLED = { title: 'a < b', description: 'of a & b', unit: 'us' }

const numbersOf = (svg: string, name: string): ReadonlyArray<number> =>
  [...svg.matchAll(new RegExp(` ${name}="([^"]+)"`, 'g'))].map(([, value]) => Number(value))

chart('the lengths of bars are as their values', () => {
  const bars = [4, 1, 0].map((value) => ({ name: `n${value}`, description: '', value }))
  const svg = _.ofBars({ ...LABELLED, bars })
  const [, ...widths] = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, w]) => Number(w))
  const [four = 0, one = 0, none = 0] = widths
  assert.ok(Math.abs(four - 4 * one) < 1)
  assert.is(none, 0)
  assert.match(svg, '>n4</text>')
  assert.match(svg, '>4.00</text>')
})

chart('points are higher for greater values, one for each value, within the picture', () => {
  const svg = _.ofLines({
    ...LABELLED,
    labels: ['1', '10', '100'],
    labelTitle: 'size',
    lines: [
      { name: 'ours', values: [3, 2, 1] },
      { name: 'floor', values: [1, 1, 1] },
    ],
  })
  const [height = 0] = numbersOf(svg, 'height')
  const heights = numbersOf(svg, 'cy')
  assert.is(heights.length, 6)
  assert.ok(heights.every((y) => y > 0 && y < height))
  const [three = 0, two = 0, one = 0, ...floor] = heights
  assert.ok(three < two && two < one)
  assert.equal(floor, [one, one, one])
})

chart('the parts of a text that SVG would read are escaped', () => {
  const svg = _.ofBars({ ...LABELLED, bars: [] })
  assert.match(svg, '<title id="title">a &lt; b</title>')
  assert.match(svg, '<desc id="desc">of a &amp; b</desc>')
})

chart.run()
