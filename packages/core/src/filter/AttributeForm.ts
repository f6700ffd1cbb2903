/** The form in which the value of an attribute appears in `data`, as data: interpreters read it (`Data`). */
import { frozen } from '../internal/frozen.ts'

// model

/** The form in `data`, if it is not simply the value under its key. */
export type AttributeForm =
  /** Not in `data`: an instruction for the exporter, or a key that only the exporter may write. */
  | { readonly _tag: 'Consumed' }
  /** The text of the value's JSON: Sentry accepts conversations only so. */
  | { readonly _tag: 'Text' }
  /** The value under its key, and under newer keys that are not present yet. */
  | { readonly _tag: 'Aliased'; readonly aliases: ReadonlyArray<Alias> }

export interface Alias {
  /** The newer key; for `entries` the beginning of the newer keys. */
  readonly to: string
  /** How the value is changed. */
  readonly as?: Conversion
  /**
   * Only on SERVER spans, or only on all other spans; with `plain-` only on requests whose method is called `method`, as those
   * of Micrometer.
   */
  readonly on?: 'server' | 'others' | 'plain-request' | 'plain-server' | 'plain-client'
  /** Not if the span also has this key. */
  readonly unless?: string
}

/**
 * A change of a value. A value of a type that a conversion does not expect gives no alias, except for `status-code` and
 * `text`, which leave it unchanged.
 */
export type Conversion =
  /** Each entry of a map or list, as text, under a key of its own. */
  | 'entries'
  /** `/a?b=1#c` to `/a`. */
  | 'path'
  /** The same, of a text that is a path and not a whole URL. */
  | 'bare-path'
  /** A URL that is not just a path. */
  | 'whole-url'
  /** A route that is one: not `UNKNOWN`; `root` is `/`. */
  | 'route'
  /** `/a?b=1#c` to `b=1`. */
  | 'query'
  /** `'404'` to `404`. */
  | 'status-code'
  /** The same, but nothing for a text that is no status. */
  | 'plain-status'
  /** `5` to `'5'`. */
  | 'text'
  /** `ip_tcp` to `tcp`. */
  | 'transport'
  /** `shop:8080` to `shop`. */
  | 'without-port'

// constructors

/** The value under newer keys too. */
export const aliased = (...aliases: ReadonlyArray<string | Alias>): AttributeForm => ({
  _tag: 'Aliased',
  aliases: aliases.map((alias) => (typeof alias === 'string' ? { to: alias } : alias)),
})

export const consumed: AttributeForm = /* @__PURE__ */ frozen({ _tag: 'Consumed' })

export const text: AttributeForm = /* @__PURE__ */ frozen({ _tag: 'Text' })
