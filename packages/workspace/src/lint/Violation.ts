/** Something in the house that is not as it was agreed, and where. */

// model

export interface Violation {
  /** The file it is about, relative to the root of the workspace. */
  readonly place: string
  /** What is wrong and, where that is not plain, what to do. */
  readonly says: string
}

// constructors

export const of = (place: string, says: string): Violation => ({ place, says })

// destructors

export const show = (complaint: Violation): string => `${complaint.place}: ${complaint.says}`
