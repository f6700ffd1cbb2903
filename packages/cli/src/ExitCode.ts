/** How a command ended. */

// model

/** 0: all went well. 1: some input was rejected, the rest was done. 2: nothing could be done. */
export type ExitCode = 0 | 1 | 2
