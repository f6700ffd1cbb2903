/** Senders that hold connections, or whose bodies are far larger when decompressed. */
import { connect, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { exchange, type RawAnswer } from './rawHttp.ts'
import { TOKEN } from './Target.ts'

// model

const HEAD = `POST /v1/traces HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\n`

const MEMBER_BYTES = 16 * 1024 * 1024

/** The maximum output of a block of Zstandard, which may take four bytes. */
const RLE_BYTES = 128 * 1024

const SLOW_STEP_MILLIS = 250

// running

/** A body of repeated members of gzip, in chunks, with this many bytes of output. Gives the answer. */
export const gzipBomb = (port: number, bytes: number): Promise<RawAnswer> => {
  const member = gzipSync(Buffer.alloc(MEMBER_BYTES), { level: 9 })
  return exchange(port, inChunks('gzip', member, Math.ceil(bytes / MEMBER_BYTES)))
}

/** Members without end: the compressed body exceeds the limit as well. */
export const endlessGzip = (port: number): Promise<RawAnswer> => {
  const member = gzipSync(Buffer.alloc(MEMBER_BYTES), { level: 0 })
  return exchange(port, inChunks('gzip', member, 64))
}

/** One frame of blocks that repeat a byte. */
export const zstdBomb = (port: number, bytes: number): Promise<RawAnswer> => {
  const count = Math.ceil(bytes / RLE_BYTES)
  const header = (isLast: boolean): ReadonlyArray<number> => {
    const value = (RLE_BYTES << 3) | (1 << 1) | (isLast ? 1 : 0)
    return [value & 0xff, (value >> 8) & 0xff, value >> 16, 0]
  }
  const blocks = Array.from({ length: count }, (_, index) => header(index === count - 1))
  const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, ...blocks.flat()])
  return exchange(port, inChunks('zstd', frame, 1))
}

const inChunks = function* (
  encoding: string,
  part: Uint8Array,
  count: number,
): Generator<Uint8Array | string> {
  yield `${HEAD}Content-Encoding: ${encoding}\r\nTransfer-Encoding: chunked\r\n\r\n`
  for (let i = 0; i < count; i++) {
    yield `${part.length.toString(16)}\r\n`
    yield part
    yield '\r\n'
  }
  yield '0\r\n\r\n'
}

/** Connections that were used once and stay open. Gives a function that ends them and counts those that were open until then. */
export const holdIdle = async (port: number, count: number): Promise<() => number> => {
  const sockets: Array<Socket> = []
  for (let i = 0; i < count; i++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    // Half of them never send a byte: the receiver ends these.
    const isUsed = i % 2 === 0
    await new Promise((resolve) => {
      socket.once('close', resolve).once(isUsed ? 'data' : 'connect', resolve)
      if (isUsed) socket.write(`${HEAD}Content-Length: 2\r\n\r\n{}`)
    })
    socket.resume()
    sockets.push(socket)
  }
  return () => {
    const open = sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length
    for (const socket of sockets) socket.destroy()
    return open
  }
}

/** Connections that send a byte from time to time, of their headers or of their body. Gives the number that the receiver ended. */
export const slowSenders = async (port: number, count: number): Promise<number> => {
  const one = (index: number): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.resume()
      socket.write(index % 2 === 0 ? HEAD : `${HEAD}Content-Length: 100000\r\n\r\n`)
      const timer = setInterval(() => socket.write('x'), SLOW_STEP_MILLIS)
      socket.once('close', () => {
        clearInterval(timer)
        resolve()
      })
    })
  const ended = await Promise.all(Array.from({ length: count }, (_, index) => one(index)))
  return ended.length
}

/** Connections that are closed on one side, or broken, at each place of a request. Gives the statuses of the answers. */
export const halfClosed = async (
  port: number,
  count: number,
): Promise<ReadonlyArray<number | undefined>> => {
  const whole = `${HEAD}Content-Length: 2\r\n\r\n{}`
  const statuses: Array<number | undefined> = []
  for (let i = 0; i < count; i++) {
    const part = whole.slice(0, Math.floor((whole.length * i) / (count - 1)))
    statuses.push((await exchange(port, [part])).status)
    const broken = connect(port, '127.0.0.1', () =>
      broken.write(part, () => broken.resetAndDestroy()),
    )
    broken.on('error', () => undefined)
    await new Promise((resolve) => broken.once('close', resolve))
  }
  return statuses
}

export const wrongToken = (port: number, index: number): Promise<RawAnswer> =>
  exchange(port, [
    `POST /v1/traces HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${TOKEN.slice(0, index % TOKEN.length)}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
  ])
