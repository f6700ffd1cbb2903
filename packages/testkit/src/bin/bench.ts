/**
 * `bench [FIGURE...]`: what our paths cost, as ratios to the floor measured in the same run. Each figure is measured
 * in processes of its own, interleaved, since the machine is noisy and the garbage of one would slow the next.
 */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { all, floor } from '../bench/figures.ts'
import { measure, median } from '../bench/measure.ts'

const PROCESSES = 3

const [flag, ...names] = process.argv.slice(2)

if (flag === '--measure') {
  const figure = all.find(({ name }) => name === names[0])
  if (figure !== undefined) console.log(measure(figure))
} else {
  const wanted = [flag, ...names].filter((name) => name !== undefined)
  const figures = all.filter(
    (one) => one === floor || wanted.length === 0 || wanted.includes(one.name),
  )
  const times = new Map(figures.map(({ name }) => [name, [] as Array<number>]))
  for (let i = 0; i < PROCESSES; i++) {
    for (const { name } of figures) {
      const args = [fileURLToPath(import.meta.url), '--measure', name]
      times.get(name)?.push(Number(execFileSync(process.execPath, args, { encoding: 'utf8' })))
    }
  }
  const floorMicros = median(times.get(floor.name) ?? [])
  console.log('figure       us/span   ratio to F   budget')
  for (const { name, says, budget } of figures) {
    const micros = median(times.get(name) ?? [])
    const cells = [
      name.padEnd(11),
      micros.toFixed(2).padStart(8),
      (micros / floorMicros).toFixed(2).padStart(12),
      (budget?.toFixed(2) ?? '').padStart(8),
    ]
    console.log(`${cells.join(' ')}   ${says}`)
  }
}
