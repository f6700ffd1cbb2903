import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { filesBelow, root } from '../src/lint/Workspace.ts'

const pictures = suite('docs/pictures')

const folder = join(root, 'docs/pictures')

/** The pictures that a page shows, by their place. */
const shownBy = (page: string): ReadonlyArray<string> =>
  [...readFileSync(page, 'utf8').matchAll(/!\[[^\]]+\]\(([^):]+)\)/g)].map(([, path = '']) =>
    join(dirname(page), path),
  )

const shown = [
  join(root, 'README.md'),
  ...filesBelow(join(root, 'docs'), (path) => path.endsWith('.md')),
].flatMap(shownBy)

pictures('are all there, and all shown', () => {
  assert.equal(
    shown.filter((path) => !existsSync(path)).map((path) => relative(root, path)),
    [],
  )
  assert.equal(
    readdirSync(folder).filter((name) => !shown.includes(join(folder, name))),
    [],
  )
})

pictures('are small', () => {
  const large = readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 300_000)
  assert.equal(large, [])
})

pictures.run()
