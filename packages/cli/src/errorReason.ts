/** The reason of an error of the system, as plain text for the common codes. */

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or folder'],
  ['EACCES', 'no permission'],
  ['EISDIR', 'is a folder'],
  ['ENOTDIR', 'is not a folder'],
  ['EEXIST', 'is a file'],
  ['EADDRINUSE', 'is in use by another program'],
])

// encoding

export const errorReason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? error.code : undefined
  return (typeof code === 'string' ? REASONS.get(code) : undefined) ?? error.message
}
