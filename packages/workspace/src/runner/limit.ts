/**
 * The time limit of a process that a test starts, in milliseconds: ten minutes. Only a process that never ends reaches it, also
 * on a slow machine, so that no result depends on the speed of the machine.
 */
export const PROCESS_LIMIT_MILLIS = 600_000
