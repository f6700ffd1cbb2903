/** Copies streams to temporary files, so that they can be read twice. */
import * as E from '#fp-ts/Either'
import * as Capabilities from '../Capabilities.ts'
import { type InputFile, isStream, type KeptInput } from '../input/InputFile.ts'
import type { OpenedInputs } from '../input/openInputs.ts'
import * as Progress from '../progress/Progress.ts'
import { withoutControls } from '../withoutControls.ts'
import type { Interrupt } from './Interrupt.ts'

// model

export interface KeptInputs extends OpenedInputs {
  /** Removes the temporary files. */
  readonly remove: () => Promise<void>
}

export interface KeepWiring {
  readonly capabilities: Pick<Capabilities.Capabilities, 'keepInput'>
  readonly progress: Progress.Progress
  readonly interrupt: Interrupt
}

// running

export const keepStreams = async (
  { capabilities, progress, interrupt }: KeepWiring,
  { files, isWhole }: OpenedInputs,
): Promise<KeptInputs> => {
  const all: Array<InputFile> = []
  const kept: Array<KeptInput> = []
  let done = 0
  const onRead = (bytes: number): void => {
    done += bytes
    progress.show(Progress.reading('keep', { done, total: undefined }))
  }
  for (const file of files) {
    if (!isStream(file)) {
      all.push(file)
      continue
    }
    const copy = await capabilities.keepInput(file, { onRead, isEnded: interrupt.isDone })()
    if (E.isRight(copy)) {
      all.push(copy.right)
      kept.push(copy.right)
    } else progress.print(`${withoutControls(Capabilities.show(copy.left))}\n`)
  }
  return {
    files: all,
    isWhole: isWhole && all.length === files.length,
    remove: async () => {
      for (const { remove } of kept) await remove()
    },
  }
}
