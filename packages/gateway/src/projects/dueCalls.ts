/** The calls of the API that start now, and the time at which the next ones are due. */
import type { Directory, Task } from './Directory.ts'
import { MAX_CALLS, TEAMS, taskOf, withTask } from './Directory.ts'
import type { ApiCall } from './SentryApi.ts'

// model

export interface DueCalls {
  /** The calls are marked as under way. */
  readonly state: Directory
  readonly calls: ReadonlyArray<{ readonly key: string; readonly call: ApiCall }>
  /** `undefined` if nothing is due before the next input. */
  readonly wakeAtMillis: number | undefined
}

// transformations

export const dueCalls = (before: Directory, nowMillis: number): DueCalls => {
  const state = withTeams(before, nowMillis)
  const tasks = new Map(state.tasks)
  const calls: Array<DueCalls['calls'][number]> = []
  let free = MAX_CALLS - [...tasks.values()].filter(({ isRunning }) => isRunning).length
  let wakeAtMillis: number | undefined
  for (const [key, task] of state.tasks) {
    const call = callOf(state, key, task)
    if (task.isRunning || call === undefined) continue
    const dueMillis = Math.max(task.dueMillis, state.pausedUntilMillis)
    if (dueMillis > nowMillis) {
      wakeAtMillis = Math.min(wakeAtMillis ?? dueMillis, dueMillis)
    } else if (free > 0) {
      free--
      tasks.set(key, { ...task, call, isRunning: true })
      calls.push({ key, call })
    }
  }
  return { state: { ...state, tasks }, calls, wakeAtMillis }
}

/** `undefined` while the team of a new project is not known. */
const callOf = (
  { team, entries }: Directory,
  slug: string,
  { call }: Task,
): ApiCall | undefined => {
  if (call._tag !== 'AwaitTeam') return call
  const entry = entries.get(slug)
  return team === undefined || entry?._tag !== 'Pending'
    ? undefined
    : { _tag: 'CreateProject', slug, name: entry.name, team }
}

/** The team of a new project is that of another project, as in the Collector; the first one of the organization without any. */
const withTeams = (state: Directory, nowMillis: number): Directory => {
  const { listing, tasks, team } = state
  const isNeeded =
    team === undefined &&
    listing.isSettled &&
    !tasks.has(TEAMS) &&
    [...tasks.values()].some(({ call }) => call._tag === 'AwaitTeam')
  return isNeeded
    ? { ...state, tasks: withTask(state, TEAMS, taskOf({ _tag: 'ListTeams' }, nowMillis)) }
    : state
}
