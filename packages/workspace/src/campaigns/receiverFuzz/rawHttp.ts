/** Sends any bytes to a server, and reads the answer until the connection ends. */
import { connect, type Socket } from 'node:net'

// model

export interface RawAnswer {
  /** Of the last answer that was received; `undefined` if there was none. */
  readonly status: number | undefined
  readonly text: string
}

/** No answer may take longer: the receiver ends every request before. */
const LIMIT_MILLIS = 60_000

// running

/** The client closes its side after the bytes. */
export const exchange = (port: number, chunks: Iterable<Uint8Array | string>): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    let text = ''
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end of the connection within ${LIMIT_MILLIS} ms: ${text.slice(0, 200)}`))
    }, LIMIT_MILLIS)
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('end', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(timer)
      resolve({ status: statusIn(text), text })
    })
    void writeAll(socket, chunks)
  })

/** Waits where the receiver reads slowly, and stops when it does not read any more. */
const writeAll = async (socket: Socket, chunks: Iterable<Uint8Array | string>): Promise<void> => {
  for (const chunk of chunks) {
    if (socket.destroyed || !socket.writable) return
    if (!socket.write(chunk)) {
      await new Promise<void>((resolve) => {
        const proceed = (): void => {
          socket.off('drain', proceed).off('close', proceed)
          resolve()
        }
        socket.on('drain', proceed).on('close', proceed)
      })
    }
  }
  socket.end()
}

const statusIn = (text: string): number | undefined => {
  const lines = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
  const last = lines.at(-1)?.[1]
  return last === undefined ? undefined : Number(last)
}
