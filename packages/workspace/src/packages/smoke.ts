/** Checks in a project that installed the packages. */
import * as Consumer from './Consumer.ts'
import * as Snippet from './Snippet.ts'

/** Empty without problems. */
export type Problems = ReadonlyArray<string>

/** The first program of the README, as it is written and by `require`. */
export const runReadme = async (consumer: Consumer.Consumer, readme: string): Promise<Problems> => {
  const [program = ''] = Snippet.all(readme)
  Consumer.write(consumer, 'program.mjs', program)
  Consumer.write(consumer, 'program.cjs', Snippet.toCommonJs(program))
  const problems: Array<string> = []
  for (const name of ['program.mjs', 'program.cjs']) {
    const { stdout, stderr, types } = await Consumer.runProgram(consumer, name)
    const [, transactions, errors] = EXPECTED.exec(stdout) ?? []
    const count = (type: string): string => `${types.filter((one) => one === type).length}`
    if (count('transaction') !== transactions || count('event') !== errors || types.length === 0) {
      problems.push(`${name} printed "${stdout.trim()}", but ${types.join(', ')} reached the sink`)
    }
    if (stderr !== '') problems.push(`${name} printed to stderr: ${stderr}`)
  }
  return problems
}

const EXPECTED = /^\d+ spans? in, (\d+) transactions?, (\d+) errors?, nothing lost\n$/

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
