/** The exit code of a command. */

// model

/** 0: done. 1: some input was rejected or lost, the rest was done. 2: nothing was done. */
export type ExitCode = 0 | 1 | 2
