/** The contract of every `Http` as a suite of uvu. */
import { httpContract, type MakeHttp } from '@sentry-exporter/testing/httpContract'
import { suite } from 'uvu'

/** Registers and runs the suite. */
export const httpSuite = (name: string, make: MakeHttp): void => {
  const contract = suite(`${name} as an Http`)
  for (const { title, run } of httpContract(make)) contract(title, run)
  contract.run()
}
