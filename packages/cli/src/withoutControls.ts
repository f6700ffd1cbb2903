/**
 * A text for a terminal. What was recorded may hold anything: a control character in it could move the cursor, change
 * colours or hide what follows.
 */
export const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
