// biome-ignore lint/suspicious/noControlCharactersInRegex: they are replaced
const CONTROL = /[\u0000-\u001f\u007f]+/g

/** A text on one line: each run of control characters becomes one blank. */
export const oneLine = (text: string): string => text.replace(CONTROL, ' ')
