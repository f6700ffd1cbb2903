/**
 * `recorder`: compares what the product does with the committed hashes. `recorder --write` commits them anew;
 * `recorder --show SCENARIO STEP` prints what a step gives, to be compared with that of another commit.
 */
import * as Fixture from '../recorder/Fixture.ts'
import * as Hashes from '../recorder/Hashes.ts'
import { hashes, steps, textOf } from '../recorder/record.ts'

const [flag, scenario, step] = process.argv.slice(2)

if (flag === '--show') {
  for (const one of steps()) {
    if (one.scenario !== scenario || one.step !== Number(step)) continue
    const { envelopes, ...rest } = one.result
    for (const { bytes, about } of envelopes) {
      console.log(`${textOf(bytes)}\n${JSON.stringify(about)}\n`)
    }
    console.log(JSON.stringify(rest))
  }
} else if (flag === '--write') {
  Fixture.write(hashes(steps()))
} else {
  const [expected, actual] = [Fixture.read(), hashes(steps())]
  const exact = Hashes.differences(expected.exact, actual.exact)
  const masked = Hashes.differences(expected.masked, actual.masked)
  for (const one of exact) console.log(`exact: ${one}`)
  for (const one of masked) console.log(`ids masked: ${one}`)
  process.exitCode = exact.length + masked.length === 0 ? 0 : 1
}
