/** The path of a value in the configuration, as the Collector's messages write it: `exporters::sentry::dsn`, `receivers[0]`. */

// model

export type ConfigPath = string

// constructors

export const root: ConfigPath = ''

/** The path of a key in a map. */
export const at = (path: ConfigPath, key: string): ConfigPath =>
  path === root ? key : `${path}::${key}`

/** The path of an element of a list. */
export const item = (path: ConfigPath, index: number): ConfigPath => `${path}[${index}]`
