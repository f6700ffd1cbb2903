import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { root } from '../src/lint/Workspace.ts'
import * as CleanCopy from '../src/packages/CleanCopy.ts'
import * as Consumer from '../src/packages/Consumer.ts'
import * as Snippet from '../src/packages/Snippet.ts'
import { loadAll, programWith, runReadme, sdkPackages } from '../src/packages/smoke.ts'
import * as Tarball from '../src/packages/Tarball.ts'

const README = readFileSync(join(root, 'README.md'), 'utf8')

const snippet = suite('Snippet')

snippet('finds the blocks of TypeScript, and no others', () => {
  const page = 'a\n```ts\nconst a = 1\n```\n\n```\nno\n```\n\n```ts\nb()\n```\n'
  assert.equal(Snippet.all(page), ['const a = 1\n', 'b()\n'])
})

snippet('writes a program for require', () => {
  const program = "import { a, b } from 'x'\nimport { c } from 'y'\n\nawait a(b, c)\n"
  assert.is(
    Snippet.toCommonJs(program),
    "const { a, b } = require('x')\nconst { c } = require('y')\nconst main = async () => {\n\nawait a(b, c)\n\n}\nmain()\n",
  )
})

snippet.run()

const shortest = suite('the shortest programs of the README')

for (const word of ['SentrySpanProcessor', 'exportOtlp']) {
  shortest(`with ${word} has less than 15 lines, and knows nothing of fp-ts`, () => {
    const program = programWith(README, word)
    assert.match(program, word)
    assert.ok(program.trim().split('\n').length < 15)
    assert.not.match(program, 'fp-ts')
  })
}

shortest.run()

const packed = suite('packed packages')

packed('are installed by npm, and load and run by import and by require', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-packed-'))
  try {
    const copy = CleanCopy.make(folder, { built: true })
    const tarballs = await Tarball.pack(copy)
    const consumer = await Consumer.install(join(folder, 'consumer'), tarballs, sdkPackages)
    assert.equal(await loadAll(consumer, copy.names), [])
    assert.equal(await runReadme(consumer, README), [])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

packed.run()
