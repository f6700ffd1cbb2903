/** The checksum CRC-32C (Castagnoli). Source: RFC 3720, appendix B.4. */

/** The polynomial with its bits reversed. */
const POLYNOMIAL = 0x82f63b78

const table: Uint32Array = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1
  return value >>> 0
})

/** A number without sign. */
export const crc32c = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  // hot: once per byte
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
