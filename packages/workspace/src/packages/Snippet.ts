/** Programs in the documents. */

/** The blocks of TypeScript in a page, in their order. */
export const all = (markdown: string): ReadonlyArray<string> =>
  [...markdown.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

/** The same program for `require`, which knows neither imports nor `await` outside of functions. */
export const toCommonJs = (program: string): string => {
  const lines = program.split('\n')
  const isImport = (line: string): boolean => line.startsWith('import ')
  const required = lines
    .filter(isImport)
    .map((line) => line.replace(/^import (\{.*\}) from ('.*')$/, 'const $1 = require($2)'))
  const rest = lines.filter((line) => !isImport(line))
  return [...required, 'const main = async () => {', ...rest, '}', 'main()', ''].join('\n')
}
