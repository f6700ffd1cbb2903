/**
 * A text for a terminal. A control character in recorded text could move the cursor, change colours or hide the text that
 * follows, so each run of them becomes a blank.
 */
export const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
