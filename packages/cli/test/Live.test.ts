import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as E from '#fp-ts/Either'
import { live } from '../src/Live.ts'

const inFolder = async (run: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'sentry-exporter-'))
  try {
    await run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const files = suite('Live.live')

files('writes what it reads', () =>
  inFolder(async (folder) => {
    const path = join(folder, 'a')
    await live.writeFile(path, new Uint8Array([1, 2]))()
    assert.equal(new Uint8Array(readFileSync(path)), new Uint8Array([1, 2]))
    const read = await live.readFile(path)()
    assert.equal(E.isRight(read) && [...read.right], [1, 2])
  }),
)

files('gives the reason of a failure in plain text', () =>
  inFolder(async (folder) => {
    const missing = join(folder, 'missing')
    assert.equal(
      await live.readFile(missing)(),
      E.left({ path: missing, reason: 'no such file or folder' }),
    )
    assert.equal(await live.readFile(folder)(), E.left({ path: folder, reason: 'is a folder' }))
  }),
)

files('prepares a folder: makes it, and removes only what matches', () =>
  inFolder(async (folder) => {
    const out = join(folder, 'deep', 'out')
    assert.ok(E.isRight(await live.prepareFolder(out, /^\d+\.envelope$/)()))
    for (const name of ['00001.envelope', 'notes.txt']) writeFileSync(join(out, name), '')
    await live.prepareFolder(out, /^\d+\.envelope$/)()
    assert.equal(
      [existsSync(join(out, '00001.envelope')), existsSync(join(out, 'notes.txt'))],
      [false, true],
    )
  }),
)

files.run()
