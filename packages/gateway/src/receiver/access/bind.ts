/** Makes a server listen at an endpoint. A unix socket that a former process left behind is replaced. */
import { lstat, unlink } from 'node:fs/promises'
import { connect, type Server } from 'node:net'
import * as E from '#fp-ts/Either'
import type { Endpoint } from '../../config/ReceiverConfig.ts'
import { type ListenError, showAddress } from '../Listener.ts'

// running

/** The address has the port that the system chose. */
export const bind = async (
  server: Server,
  endpoint: Endpoint,
): Promise<E.Either<ListenError, Endpoint>> => {
  const first = await listen(server, endpoint)
  if (first === undefined) return E.right(addressOf(server, endpoint))
  if (endpoint._tag === 'Tcp' || first !== 'EADDRINUSE') return E.left(toError(first, endpoint))
  const { path } = endpoint
  const isSocket = await lstat(path).then(
    (stats) => stats.isSocket(),
    () => true,
  )
  if (!isSocket) return E.left({ _tag: 'NotASocket', path })
  if (await answers(path)) return E.left(toError(first, endpoint))
  await unlink(path).catch(() => undefined)
  const second = await listen(server, endpoint)
  return second === undefined ? E.right(endpoint) : E.left(toError(second, endpoint))
}

/** The code of the error. */
const listen = (server: Server, endpoint: Endpoint): Promise<string | undefined> =>
  new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.removeListener('listening', onListening)
      resolve(error.code ?? error.message)
    }
    const onListening = (): void => {
      server.removeListener('error', onError)
      resolve(undefined)
    }
    server.once('error', onError)
    server.once('listening', onListening)
    if (endpoint._tag === 'Unix') server.listen(endpoint.path)
    else server.listen(endpoint.port, endpoint.host)
  })

/** Whether a process accepts connections on this socket. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    const end = (result: boolean): void => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })

const addressOf = (server: Server, endpoint: Endpoint): Endpoint => {
  const address = server.address()
  return typeof address === 'object' && address !== null && endpoint._tag === 'Tcp'
    ? { ...endpoint, port: address.port }
    : endpoint
}

const toError = (code: string, endpoint: Endpoint): ListenError => {
  const address = showAddress(endpoint)
  switch (code) {
    case 'EADDRINUSE':
      return { _tag: 'AddressInUse', address }
    case 'EACCES':
    case 'EPERM':
      return { _tag: 'PermissionDenied', address }
    default:
      return { _tag: 'AddressUnavailable', address, code }
  }
}
