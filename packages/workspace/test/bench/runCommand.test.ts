import { once } from 'node:events'
import { createServer } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runCommand } from '../../src/bench/comparison/runCommand.ts'

const test = suite('runCommand')

const rejection = async (promise: Promise<unknown>): Promise<Error> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('expected a rejection')
}

const cwd = process.cwd()

test('gives what was printed', async () => {
  assert.is(await runCommand(process.execPath, ['-p', '1 + 1'], { cwd }), '2\n')
})

test('rejects with what was printed if the program fails', async () => {
  const program = 'console.error("no"); process.exit(3)'
  const { message } = await rejection(runCommand(process.execPath, ['-e', program], { cwd }))
  assert.match(message, 'no\nended with 3')
})

test('rejects for a program that does not exist', async () => {
  assert.match((await rejection(runCommand('./no-such-program', [], { cwd }))).message, 'ENOENT')
})

test('ends the program and its children with its signal', async () => {
  const controller = new AbortController()
  const reason = new Error('stopped')
  // The child connects once it runs, and keeps the connection until it ends.
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('close', () => server.close())
    socket.resume()
    controller.abort(reason)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const child = `require('node:net').connect(${port}, '127.0.0.1')`
  const program = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(child)}])`
  const place = { cwd, signal: controller.signal }
  const closed = once(server, 'close')
  assert.is(await rejection(runCommand(process.execPath, ['-e', program], place)), reason)
  await closed
  assert.is(await rejection(runCommand(process.execPath, ['-p', '1'], place)), reason)
})

test.run()
