/** Checks in a project that installed the packages. */
import * as Consumer from './Consumer.ts'
import * as Snippet from './Snippet.ts'

/** Empty without problems. */
export type Problems = ReadonlyArray<string>

/** The packages of OpenTelemetry that the programs of the README need beside ours. */
export const sdkPackages: Readonly<Record<string, string>> = {
  '@opentelemetry/api': '1.9.1',
  '@opentelemetry/sdk-trace-base': '2.12.0',
}

/** The programs of the README that send, as they are written and by `require`. */
export const runReadme = async (consumer: Consumer.Consumer, readme: string): Promise<Problems> => {
  const problems: Array<string> = []
  for (const { word, expected } of PROGRAMS) {
    const program = programWith(readme, word)
    Consumer.write(consumer, 'program.mjs', program)
    Consumer.write(consumer, 'program.cjs', Snippet.toCommonJs(program))
    for (const name of ['program.mjs', 'program.cjs']) {
      const { stdout, stderr, types } = await Consumer.runProgram(consumer, name)
      const [, transactions, errors = '0'] = expected.exec(stdout) ?? []
      const count = (type: string): string => `${types.filter((one) => one === type).length}`
      if (count('transaction') !== transactions || count('event') !== errors) {
        problems.push(
          `${name} with ${word} printed "${stdout.trim()}", but ${types.join(', ')} reached the sink`,
        )
      }
      if (stderr !== '') problems.push(`${name} with ${word} printed to stderr: ${stderr}`)
    }
  }
  return problems
}

/** The first program of a page with a word; empty without one. */
export const programWith = (page: string, word: string): string =>
  Snippet.all(page).find((program) => program.includes(word)) ?? ''

/** The outputs name the transactions and the errors that were sent. */
const PROGRAMS = [
  { word: 'SentrySpanProcessor', expected: /^(1)\n$/ },
  {
    word: 'exportOtlp',
    expected: /^\d+ spans? in, (\d+) transactions?, (\d+) errors?, nothing lost\n$/,
  },
]

/** Every package, by `import` and by `require`, without a warning. */
export const loadAll = async (
  consumer: Consumer.Consumer,
  names: ReadonlyArray<string>,
): Promise<Problems> => {
  const list = JSON.stringify(names)
  Consumer.write(
    consumer,
    'load.mjs',
    `for (const name of ${list}) console.log(name, Object.keys(await import(name)).length > 0)`,
  )
  Consumer.write(
    consumer,
    'load.cjs',
    `for (const name of ${list}) console.log(name, Object.keys(require(name)).length > 0)`,
  )
  const expected = names.map((name) => `${name} true\n`).join('')
  const problems: Array<string> = []
  for (const name of ['load.mjs', 'load.cjs']) {
    const { stdout, stderr } = await Consumer.runProgram(consumer, name)
    if (stdout !== expected || stderr !== '') problems.push(`${name}: ${stdout}${stderr}`)
  }
  return problems
}
