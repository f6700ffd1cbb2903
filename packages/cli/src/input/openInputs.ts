/** Opens the files of a command line, and prints the reason where one cannot be opened. */
import * as E from '#fp-ts/Either'
import * as Capabilities from '../Capabilities.ts'
import { withoutControls } from '../withoutControls.ts'
import type { InputFile } from './InputFile.ts'

// model

export interface OpenedInputs {
  readonly files: ReadonlyArray<InputFile>
  /** Whether all could be opened. */
  readonly isWhole: boolean
}

// running

/** The path `-` is standard input. */
export const openInputs = async (
  { openInput, stderr }: Pick<Capabilities.Capabilities, 'openInput' | 'stderr'>,
  paths: ReadonlyArray<string>,
): Promise<OpenedInputs> => {
  const files: Array<InputFile> = []
  for (const path of paths) {
    const opened = await openInput(path)()
    if (E.isRight(opened)) files.push(opened.right)
    else stderr(`${withoutControls(Capabilities.show(opened.left))}\n`)
  }
  return { files, isWhole: files.length === paths.length }
}
