/** The connections of a server, and which of them have a request under way. */
import type { Socket } from 'node:net'

// model

export interface Connections {
  readonly add: (socket: Socket) => void
  readonly begin: (socket: Socket) => void
  readonly end: (socket: Socket) => void
  readonly isActive: (socket: Socket) => boolean
  /** Ends those without a request under way. */
  readonly destroyIdle: () => void
  readonly destroyAll: () => void
}

// constructors

export const make = (): Connections => {
  /** The number of requests under way. */
  const active = new Map<Socket, number>()
  const change = (socket: Socket, by: number): void => {
    const count = active.get(socket)
    if (count !== undefined) active.set(socket, count + by)
  }
  return {
    add: (socket) => {
      active.set(socket, 0)
      socket.on('close', () => active.delete(socket))
      // The error of a connection is followed by its close.
      socket.on('error', () => undefined)
    },
    begin: (socket) => change(socket, 1),
    end: (socket) => change(socket, -1),
    isActive: (socket) => (active.get(socket) ?? 0) > 0,
    destroyIdle: () => {
      for (const [socket, count] of active) if (count === 0) socket.destroy()
    },
    destroyAll: () => {
      for (const socket of active.keys()) socket.destroy()
    },
  }
}
