/** The arguments of Node for one measurement in a process of its own. */
export const measureCommand = (program: string, figure: string): ReadonlyArray<string> => [
  '--expose-gc',
  '--max-old-space-size=8192',
  program,
  '--measure',
  figure,
]
