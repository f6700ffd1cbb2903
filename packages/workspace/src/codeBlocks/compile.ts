/** Type checks files with the options of this repository, against the sources of its packages. */
import { join, relative } from 'node:path'
import ts from 'typescript'
import { scope } from '../lint/packageRules.ts'

/** All errors of the compiler in these files: `file:line: message`. */
export const compile = (
  root: string,
  folder: string,
  names: ReadonlyArray<string>,
): ReadonlyArray<string> => {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const program = ts.createProgram(
    names.map((name) => join(folder, name)),
    {
      ...options,
      types: ['node'],
      typeRoots: [join(root, 'node_modules', '@types')],
      customConditions: [`${scope}/source`],
      noEmit: true,
      composite: false,
      declaration: false,
      declarationMap: false,
      isolatedDeclarations: false,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
      rootDir: root,
    },
  )
  return names.flatMap((name) => {
    const file = program.getSourceFile(join(folder, name))
    return file === undefined
      ? [`${name}: not found`]
      : [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
          (diagnostic) => show(folder, file, diagnostic),
        )
  })
}

const show = (folder: string, file: ts.SourceFile, diagnostic: ts.Diagnostic): string => {
  const { line } = file.getLineAndCharacterOfPosition(diagnostic.start ?? 0)
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')
  return `${relative(folder, file.fileName)}:${line + 1}: ${message}`
}
