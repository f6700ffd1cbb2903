declare module 'lz4js' {
  export const compress: (bytes: Uint8Array) => Uint8Array
}

declare module 'snappyjs' {
  export const compress: (bytes: Uint8Array) => Uint8Array
}
