import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { filesBelow, root } from '../src/lint/Workspace.ts'

/** The packages whose constants many callers share. */
const PURE = ['core', 'envelope', 'otlp', 'stacktrace']

/** Records and lists. Maps, sets and expressions cannot be frozen: the next test looks at these. */
const isData = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)

const isModule = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null

/** Calls `visit` for everything that an export holds, also as a field of a function, and for how it is reached. */
const walk = (
  value: unknown,
  path: string,
  visit: (value: object, path: string) => void,
  seen: Set<object>,
): void => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
  if (seen.has(value) || isModule(value)) return
  seen.add(value)
  visit(value, path)
  if (ArrayBuffer.isView(value)) return
  for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`, visit, seen)
}

const visitAll = async (visit: (value: object, path: string) => void): Promise<void> => {
  const files = PURE.flatMap((name) =>
    filesBelow(join(root, 'packages', name, 'src'), (path) => path.endsWith('.ts')),
  )
  assert.ok(files.length > 150)
  for (const file of files) {
    const exports: object = await import(pathToFileURL(file).href)
    for (const [name, value] of Object.entries(exports)) {
      walk(value, `${relative(root, file)} ${name}`, visit, new Set())
    }
  }
}

const constants = suite('constants of the pure packages')

constants('are frozen, with everything in them', async () => {
  const open: Array<string> = []
  await visitAll((value, path) => {
    if (isData(value) && !Object.isFrozen(value)) open.push(path)
  })
  assert.equal(open, [])
})

constants(
  'hold no expression that remembers its last match, and no map but an empty one',
  async () => {
    const found: Array<string> = []
    await visitAll((value, path) => {
      if (value instanceof RegExp && (value.global || value.sticky)) found.push(path)
      // Typed as read-only, and no function of the package adds to it.
      if (value instanceof Map && value.size > 0) found.push(path)
    })
    assert.equal(found, [])
  },
)

constants.run()
