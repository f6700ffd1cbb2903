/** A text that must not be shown: printing, inspecting and JSON give no trace of it. */

// model

export interface Secret {
  /** The text itself. Call it only where the text is sent. */
  readonly reveal: () => string
}

// constructors

export const of = (text: string): Secret => ({ reveal: () => text })
