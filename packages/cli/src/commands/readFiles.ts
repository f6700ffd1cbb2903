/** Reads OTLP files, and prints on standard error where a file, a line, an item or a part of one could not be read. */
import * as Batch from '@sentry-exporter/core/Batch'
import * as OtlpInput from '@sentry-exporter/otlp/OtlpInput'
import type * as T from '#fp-ts/Task'
import type { Capabilities } from '../Capabilities.ts'
import { type InputFile, totalSize } from '../input/InputFile.ts'
import * as InputProblems from '../input/InputProblems.ts'
import { openInputs } from '../input/openInputs.ts'
import { readInput } from '../input/readInput.ts'
import * as Progress from '../progress/Progress.ts'
import { withoutControls } from '../withoutControls.ts'

// model

export interface ReadFiles {
  /** One input for each file that could be read, in the given order. */
  readonly inputs: ReadonlyArray<OtlpInput.OtlpInput>
  /** Whether everything was read but for parts of spans, records and metrics. */
  readonly isWhole: boolean
}

// running

/** The path `-` is standard input. */
export const readFiles =
  (capabilities: Pick<Capabilities, 'openInput' | 'stderr'>, progress: Progress.Progress) =>
  (paths: ReadonlyArray<string>): T.Task<ReadFiles> =>
  async () => {
    const opened = await openInputs(capabilities, paths)
    const inputs: Array<OtlpInput.OtlpInput> = []
    let { isWhole } = opened
    const onPart = showParts(progress, opened.files)
    for (const file of opened.files) {
      const problems = InputProblems.make(file.path)
      const parts: Array<OtlpInput.OtlpInput> = []
      const print = (lines: ReadonlyArray<string>): void => {
        for (const line of lines) progress.print(`${withoutControls(line)}\n`)
      }
      for await (const part of readInput(file, onPart.bytes)) {
        parts.push(part)
        print(problems.add(part))
        onPart.spans(Batch.spansIn(part.batch))
      }
      isWhole &&= problems.isWhole()
      if (!problems.isNoJson()) inputs.push(OtlpInput.concatAll(parts))
    }
    progress.clear()
    return { inputs, isWhole }
  }

const showParts = (progress: Progress.Progress, files: ReadonlyArray<InputFile>) => {
  const total = totalSize(files)
  let [done, spans] = [0, 0]
  return {
    bytes: (count: number): void => {
      done += count
    },
    spans: (count: number): void => {
      spans += count
      progress.show(Progress.reading('read', { done, total }, spans))
    },
  }
}
