/** A text on one line: control characters, and runs of them, become a blank. */
export const oneLine = (text: string): string => text.replace(CONTROL, ' ')

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const CONTROL = /[\u0000-\u001f\u007f]+/g
