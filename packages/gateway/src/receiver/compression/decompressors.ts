/**
 * The encodings of content that the receivers decompress, by their names in the configuration of the Collector. `deflate` means
 * zlib (RFC 9110, section 8.4.1.2).
 */
import type { Decompressor } from './Decompressor.ts'
import { lz4 } from './lz4.ts'
import { snappy } from './snappy.ts'
import { snappyFramed } from './snappyFramed.ts'
import { gzip, zlib } from './zlib.ts'
import { zstd } from './zstd.ts'

// model

/** All of them, in lower case. */
export const decompressors: ReadonlyMap<string, Decompressor> = new Map<string, Decompressor>([
  ['gzip', gzip],
  ['zstd', zstd],
  ['zlib', zlib],
  ['deflate', zlib],
  ['snappy', snappy],
  ['x-snappy-framed', snappyFramed],
  ['lz4', lz4],
])

/** Other names of the same encodings. Source: RFC 9110, section 8.4.1.3. */
const aliases: ReadonlyMap<string, string> = new Map([['x-gzip', 'gzip']])

// constructors

/** The name in the table; `''` for content that is not compressed. */
export const encodingName = (header: string | undefined): string => {
  const name = header?.trim().toLowerCase() ?? ''
  return name === 'identity' ? '' : (aliases.get(name) ?? name)
}
