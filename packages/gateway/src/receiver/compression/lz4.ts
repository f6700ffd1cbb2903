/**
 * LZ4 frames, one or several, with checksums, dependent blocks and skippable frames. Source: github.com/lz4/lz4,
 * `doc/lz4_Frame_format.md`.
 */
import * as E from '#fp-ts/Either'
import * as Decompressor from './Decompressor.ts'
import * as GrowingOutput from './GrowingOutput.ts'
import { type Lz4FrameHeader, readHeader } from './Lz4FrameHeader.ts'
import { lz4Block } from './lz4Block.ts'
import { xxh32 } from './xxh32.ts'

// model

type Step<A> = E.Either<Decompressor.DecompressError, A>

/** The input, the place in it, and the output so far. */
interface State {
  readonly body: Uint8Array
  readonly view: DataView
  readonly at: number
  readonly output: GrowingOutput.GrowingOutput
}

/** 0x184D2A50 to 0x184D2A5F. */
const SKIPPABLE = 0x184d2a5

const CHECKSUM_BYTES = 4

const IS_STORED = 0x80000000

const CUT_OFF = 'the body ends within a frame'

// constructors

export const lz4 = (body: Uint8Array, room: Decompressor.Room): Decompressor.Decompressed => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  let state: State = { body, view, at: 0, output: GrowingOutput.empty }
  while (state.at < body.length) {
    const step = readFrame(state, room)
    if (E.isLeft(step)) return step
    state = step.right
  }
  return E.right(GrowingOutput.content(state.output))
}

const corrupt = (reason: string): E.Either<Decompressor.DecompressError, never> =>
  E.left(Decompressor.corrupt(reason))

/** `undefined` behind the end of the body. */
const readUint32 = ({ view }: State, at: number): number | undefined =>
  at + 4 <= view.byteLength ? view.getUint32(at, true) : undefined

const readFrame = (state: State, room: Decompressor.Room): Step<State> => {
  const magic = readUint32(state, state.at)
  if (magic !== undefined && magic >>> 4 === SKIPPABLE) return skipFrame(state)
  const header = readHeader(state.view, state.at)
  if (E.isLeft(header)) return corrupt(header.left)
  const { contentBytes, next } = header.right
  if (contentBytes !== undefined && state.output.length + contentBytes > room.maxBytes) {
    return E.left(Decompressor.tooLarge(room.maxBytes))
  }
  const start = state.output.length
  let current: State = { ...state, at: next }
  for (;;) {
    const size = readUint32(current, current.at)
    if (size === undefined) return corrupt(CUT_OFF)
    current = { ...current, at: current.at + 4 }
    if (size === 0) return endFrame(current, header.right, start)
    const step = readBlock(current, { header: header.right, size, start }, room)
    if (E.isLeft(step)) return step
    current = step.right
  }
}

const skipFrame = (state: State): Step<State> => {
  const length = readUint32(state, state.at + 4)
  if (length === undefined || state.at + 8 + length > state.body.length) return corrupt(CUT_OFF)
  return E.right({ ...state, at: state.at + 8 + length })
}

const readBlock = (
  state: State,
  { header, size, start }: { header: Lz4FrameHeader; size: number; start: number },
  room: Decompressor.Room,
): Step<State> => {
  const { body, at } = state
  const length = size & ~IS_STORED
  const next = at + length + (header.hasBlockChecksums ? CHECKSUM_BYTES : 0)
  if (next > body.length) return corrupt(CUT_OFF)
  if (length > header.maxBlockBytes) return corrupt('a block is longer than the frame permits')
  const block = body.subarray(at, at + length)
  if (header.hasBlockChecksums && readUint32(state, at + length) !== xxh32(block)) {
    return corrupt('the checksum of a block does not match')
  }
  const isStored = size >= IS_STORED
  const grown = GrowingOutput.withSpace(
    state.output,
    isStored ? length : header.maxBlockBytes,
    room,
  )
  if (grown === undefined) return E.left(Decompressor.noMemory)
  const longest = grown.length + header.maxBlockBytes
  const bounds = { longest, start: header.hasIndependentBlocks ? grown.length : start }
  const written = isStored ? store(block, grown) : expand(block, grown, bounds)
  if (typeof written === 'string') return corrupt(written)
  if (written === undefined) {
    return longest > room.maxBytes
      ? E.left(Decompressor.tooLarge(room.maxBytes))
      : corrupt('a block is longer than the frame permits')
  }
  return E.right({ ...state, at: next, output: { bytes: grown.bytes, length: written } })
}

/** The new length of the output; `undefined` if it has no space. */
const store = (
  block: Uint8Array,
  { bytes, length }: GrowingOutput.GrowingOutput,
): number | undefined => {
  if (length + block.length > bytes.length) return undefined
  bytes.set(block, length)
  return length + block.length
}

/** As `store`; a text is the reason of the failure. */
const expand = (
  block: Uint8Array,
  { bytes, length }: GrowingOutput.GrowingOutput,
  { longest, start }: { readonly longest: number; readonly start: number },
): number | string | undefined => {
  const end = Math.min(bytes.length, longest)
  const expanded = lz4Block(block, { bytes, start, at: length, end })
  switch (expanded._tag) {
    case 'Expanded':
      return expanded.at
    case 'Full':
      return undefined
    case 'Invalid':
      return expanded.reason
  }
}

const endFrame = (state: State, header: Lz4FrameHeader, start: number): Step<State> => {
  const content = GrowingOutput.content(state.output).subarray(start)
  if (header.contentBytes !== undefined && content.length !== header.contentBytes) {
    return corrupt('the content does not have the stated length')
  }
  if (!header.hasContentChecksum) return E.right(state)
  return readUint32(state, state.at) === xxh32(content)
    ? E.right({ ...state, at: state.at + CHECKSUM_BYTES })
    : corrupt('the checksum of the content does not match')
}
