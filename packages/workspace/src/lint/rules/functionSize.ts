/** Functions stay short, and take few parameters. Tests are exempt: a suite is as long as its cases. */
import * as Syntax from '../Syntax.ts'
import * as Violation from '../Violation.ts'
import type { SourceFile, Workspace } from '../Workspace.ts'

const MAX_FUNCTION_LINES = 60

const MAX_PARAMETERS = 4

export const functionSize = (workspace: Workspace): ReadonlyArray<Violation.Violation> =>
  [...workspace.packages, ...workspace.examples].flatMap(({ sources }) =>
    sources.flatMap(inspectFile),
  )

const inspectFile = (file: SourceFile): ReadonlyArray<Violation.Violation> =>
  Syntax.of(file).functions.flatMap(({ name, line, lines, parameters }) => {
    const of = (message: string): Violation.Violation =>
      Violation.of('function-size', file.path, `${line}: ${name} ${message}`)
    return [
      ...(lines > MAX_FUNCTION_LINES
        ? [of(`has ${lines} lines, more than ${MAX_FUNCTION_LINES}`)]
        : []),
      ...(parameters > MAX_PARAMETERS
        ? [of(`has ${parameters} parameters, more than ${MAX_PARAMETERS}: take a record`)]
        : []),
    ]
  })
