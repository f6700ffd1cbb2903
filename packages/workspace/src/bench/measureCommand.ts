/** The arguments of Node for one measurement in a process of its own. */
export const measureCommand = (program: string, figure: string): ReadonlyArray<string> => [
  '--expose-gc',
  '--max-old-space-size=8192',
  ...(figure.startsWith('allocated')
    ? ['--max-semi-space-size=512', '--min-semi-space-size=512']
    : []),
  program,
  '--measure',
  figure,
]
