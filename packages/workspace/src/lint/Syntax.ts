/** Facts about one TypeScript file, read from the compiler's syntax tree: no types are needed for them. */
import ts from 'typescript'
import { perFile } from './perFile.ts'
import type { SourceFile } from './Workspace.ts'

// model

/** A text of the file and the line on which it starts, from 1. */
interface Located {
  readonly text: string
  readonly line: number
}

interface FunctionFact {
  /** The name of the function or of the constant that holds it; `function` where there is none. */
  readonly name: string
  readonly line: number
  /** Lines, without those of functions nested inside. */
  readonly lines: number
  readonly parameters: number
}

export interface Syntax {
  /** Each identifier once, where it is declared first. Names that only other modules declare are left out. */
  readonly declared: ReadonlyArray<Located>
  /** Comments without their markers. Neighbouring line comments count as one. */
  readonly comments: ReadonlyArray<Located>
  /** The titles of tests and suites: literal texts before a function in a call, or alone in `suite(...)`. */
  readonly titles: ReadonlyArray<Located>
  readonly functions: ReadonlyArray<FunctionFact>
  /** Top-level variables that change: `let`, `var`, and constants whose contents are written. */
  readonly mutable: ReadonlyArray<Located>
  readonly exportedTypes: ReadonlyArray<string>
  readonly exportsFunction: boolean
}

// constructors

export const of: (file: SourceFile) => Syntax = perFile(({ path, text }) => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return {
    declared: declaredIn(source),
    comments: commentsIn(source),
    titles: titlesIn(source),
    functions: functionsIn(source),
    mutable: mutableIn(source),
    exportedTypes: source.statements
      .filter((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
      .filter(isExported)
      .map((one) => one.name.text),
    exportsFunction: source.statements.filter(isExported).some(declaresFunction),
  }
})

const lineOf = (source: ts.SourceFile, position: number): number =>
  source.getLineAndCharacterOfPosition(position).line + 1

const visit = (node: ts.Node, on: (node: ts.Node) => void): void => {
  on(node)
  ts.forEachChild(node, (child) => visit(child, on))
}

const declaredIn = (source: ts.SourceFile): ReadonlyArray<Located> => {
  const found = new Map<string, Located>()
  visit(source, (node) => {
    if (!ts.isIdentifier(node) || found.has(node.text) || !isDeclaration(node)) return
    found.set(node.text, { text: node.text, line: lineOf(source, node.getStart()) })
  })
  return [...found.values()]
}

/** Whether an identifier is the name of a declaration of this file, members of types and records included. */
const isDeclaration = (node: ts.Identifier): boolean => {
  const { parent } = node
  if (ts.isImportSpecifier(parent)) return parent.propertyName !== undefined && parent.name === node
  // A destructured field has the name that its type has; only a new name is a declaration.
  if (ts.isBindingElement(parent)) {
    return (
      parent.name === node &&
      (parent.propertyName !== undefined || !ts.isObjectBindingPattern(parent.parent))
    )
  }
  if (ts.isPropertyAccessExpression(parent) || ts.isExportSpecifier(parent)) return false
  return 'name' in parent && parent.name === node
}

/** Line comments that follow each other are joined, so that their sentences can be read. */
const commentsIn = (source: ts.SourceFile): ReadonlyArray<Located> => {
  const ranges = new Map<number, ts.CommentRange>()
  const collect = (position: number): void => {
    const found = [
      ...(ts.getLeadingCommentRanges(source.text, position) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, position) ?? []),
    ]
    for (const range of found) ranges.set(range.pos, range)
  }
  const visitTokens = (node: ts.Node): void => {
    collect(node.getFullStart())
    collect(node.getEnd())
    for (const child of node.getChildren(source)) if (!ts.isJSDoc(child)) visitTokens(child)
  }
  visitTokens(source)
  const found: Array<Located & { readonly end: number }> = []
  for (const { pos, end, kind } of [...ranges.values()].sort((a, b) => a.pos - b.pos)) {
    const text = withoutMarkers(source.text.slice(pos, end))
    const last = found.at(-1)
    const isNext =
      last !== undefined && /^[ \t]*\r?\n[ \t]*$/.test(source.text.slice(last.end, pos))
    if (isNext && kind === ts.SyntaxKind.SingleLineCommentTrivia) {
      found[found.length - 1] = { text: `${last.text}\n${text}`, line: last.line, end }
    } else found.push({ text, line: lineOf(source, pos), end })
  }
  return found
}

const withoutMarkers = (comment: string): string =>
  comment
    .replace(/^\/\*\*?|\*\/$|^\/\/+/g, '')
    .replace(/^[ \t]*\*[ ]?/gm, '')
    .replace(/^[ \t]+|\s+$/g, '')

const titlesIn = (source: ts.SourceFile): ReadonlyArray<Located> => {
  const found: Array<Located> = []
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
    const [title, body] = node.arguments
    if (title === undefined || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title)))
      return
    const isTest = body !== undefined && ts.isFunctionLike(body)
    if (!isTest && node.expression.text !== 'suite') return
    found.push({ text: title.getText(), line: lineOf(source, title.getStart()) })
  })
  return found
}

type FunctionNode = ts.FunctionLikeDeclaration & { readonly body: ts.Node }

const isFunction = (node: ts.Node): node is FunctionNode =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined

const functionsIn = (source: ts.SourceFile): ReadonlyArray<FunctionFact> => {
  const found: Array<FunctionFact> = []
  const inside: Array<{ nested: number }> = []
  const enter = (node: ts.Node): void => {
    if (!isFunction(node)) {
      ts.forEachChild(node, enter)
      return
    }
    const line = lineOf(source, node.getStart())
    const lines = lineOf(source, node.getEnd()) - line + 1
    const own = { nested: 0 }
    inside.push(own)
    ts.forEachChild(node, enter)
    inside.pop()
    const outer = inside.at(-1)
    // The first line of a nested function belongs to the outer one too.
    if (outer !== undefined) outer.nested += lines - 1
    const { length: parameters } = node.parameters
    found.push({ name: nameOf(node), line, lines: lines - own.nested, parameters })
  }
  enter(source)
  return found
}

const nameOf = (node: ts.Node): string => {
  const name = ts.isFunctionLike(node) ? node.name : undefined
  if (name !== undefined) return name.getText()
  const { parent } = node
  if (isFunction(parent)) return nameOf(parent)
  const isHolder = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)
  return isHolder ? parent.name.getText() : 'function'
}

const WRITERS: ReadonlySet<string> = new Set(
  'add clear copyWithin delete fill pop push reverse set shift sort splice unshift'.split(' '),
)

const mutableIn = (source: ts.SourceFile): ReadonlyArray<Located> => {
  const found: Array<Located> = []
  const constants = new Map<string, number>()
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    const isConstant = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0
    for (const { name } of statement.declarationList.declarations) {
      const line = lineOf(source, name.getStart())
      if (!isConstant) found.push({ text: name.getText(), line })
      else if (ts.isIdentifier(name)) constants.set(name.text, line)
    }
  }
  const written = new Set<string>()
  visit(source, (node) => {
    const target = targetOf(node)
    if (target !== undefined && ts.isIdentifier(target)) written.add(target.text)
  })
  for (const [text, line] of constants) if (written.has(text)) found.push({ text, line })
  return found
}

/** The expression whose contents a node changes: `a` of `a.set(1)`, `a[0] = 1`, `a.b++`. */
const targetOf = (node: ts.Node): ts.Expression | undefined => {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression, name } = node.expression
    return WRITERS.has(name.text) ? expression : undefined
  }
  const changed =
    ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)
      ? node.left
      : (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) &&
          isStep(node.operator)
        ? node.operand
        : undefined
  if (changed === undefined) return undefined
  const isMember = ts.isPropertyAccessExpression(changed) || ts.isElementAccessExpression(changed)
  return isMember ? changed.expression : undefined
}

const isAssignment = (operator: ts.SyntaxKind): boolean =>
  operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment

const isStep = (operator: ts.SyntaxKind): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

const declaresFunction = (node: ts.Statement): boolean => {
  if (ts.isFunctionDeclaration(node)) return true
  if (!ts.isVariableStatement(node)) return false
  return node.declarationList.declarations.some(
    ({ type, initializer }) =>
      (type !== undefined && ts.isFunctionTypeNode(type)) ||
      (initializer !== undefined && isFunction(initializer)),
  )
}
