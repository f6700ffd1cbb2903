/** The contract of every `Http` as a suite of uvu. */
import { judge, type MakeHttp, type Unable } from '@sentry-exporter/testing/httpCases'
import { httpContract } from '@sentry-exporter/testing/httpContract'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { selfSigned } from './tls/selfSigned.ts'

/** Registers and runs the suite. A case that does not apply has to fail, and its title states the reason. */
export const httpSuite = (name: string, make: MakeHttp, unable: Unable = {}): void => {
  const contract = suite(`${name} as an Http`)
  for (const one of httpContract(make, { unable, certificate: selfSigned() })) {
    const { title, doesNotApply } = one
    const note = doesNotApply === undefined ? '' : ` (does not apply: ${doesNotApply})`
    contract(`${title}${note}`, async () => {
      const judgement = await judge(one)
      assert.is(judgement._tag === 'Failed' ? judgement.message : '', '')
    })
  }
  contract.run()
}
