/** The directory after an answer of the API. */
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import { chooseHead, MAX_AWAITED_ATTEMPTS } from './chooseHead.ts'
import {
  type Directory,
  type DirectoryOptions,
  MAX_PAGES,
  MAX_RENEWALS,
  MISSING_MILLIS,
  PROJECTS,
  type ProjectEntry,
  type Task,
  taskOf,
  want,
  withTask,
} from './Directory.ts'
import type { ApiAnswer } from './SentryApi.ts'

// model

export interface AnsweredCall {
  /** The key of its task. */
  readonly key: string
  readonly answer: ApiAnswer
  readonly nowMillis: number
  /** From 0 up to, not including, 1. */
  readonly random: number
}

// transformations

export const takeAnswer =
  (options: DirectoryOptions) =>
  (before: Directory, answered: AnsweredCall): Directory => {
    const task = before.tasks.get(answered.key)
    return task === undefined ? before : chooseHead(options, taken(options, before, task, answered))
  }

const taken = (
  options: DirectoryOptions,
  before: Directory,
  task: Task,
  answered: AnsweredCall,
): Directory => {
  const { key, answer, nowMillis } = answered
  const state =
    key === PROJECTS && (task.attempts + 1 >= MAX_AWAITED_ATTEMPTS || isFinal(answer))
      ? settled(before)
      : before
  if (answer._tag === 'Limited') {
    const pausedUntilMillis = nowMillis + Math.max(answer.millis, MIN_PAUSE_MILLIS)
    const later = {
      ...task,
      isRunning: false,
      attempts: task.attempts + 1,
      dueMillis: pausedUntilMillis,
    }
    return { ...state, pausedUntilMillis, tasks: withTask(state, key, later) }
  }
  if (answer._tag === 'Failed') {
    return { ...state, tasks: withTask(state, key, again(task, answered)) }
  }
  const done = { ...state, tasks: new Map([...state.tasks].filter(([other]) => other !== key)) }
  switch (task.call._tag) {
    case 'ListProjects':
      return projectsTaken(options, done, task, answered)
    case 'ListTeams':
      return teamsTaken(done, answered)
    case 'ListKeys':
      return keysTaken(options, done, task, answered)
    case 'CreateProject':
      return creationTaken(done, task, answered)
    case 'AwaitTeam':
      return done
  }
}

const MIN_PAUSE_MILLIS = 1_000

/** Whether the call is not repeated. */
const isFinal = ({ _tag }: ApiAnswer): boolean => _tag !== 'Failed' && _tag !== 'Limited'

const settled = (state: Directory): Directory => ({
  ...state,
  listing: { ...state.listing, isSettled: true },
})

const FIRST_WAIT_MILLIS = 1_000

const LONGEST_WAIT_MILLIS = 300_000

/** Between half of the wait and all of it, so that replicas do not come back together. */
const again = (task: Task, { nowMillis, random }: AnsweredCall): Task => ({
  ...task,
  isRunning: false,
  attempts: task.attempts + 1,
  dueMillis:
    nowMillis +
    Math.min(FIRST_WAIT_MILLIS * 2 ** Math.min(task.attempts, 31), LONGEST_WAIT_MILLIS) *
      ((1 + random) / 2),
})

const projectsTaken = (
  { needsHead }: DirectoryOptions,
  state: Directory,
  task: Task,
  { key, answer, nowMillis }: AnsweredCall,
): Directory => {
  if (answer._tag !== 'Projects') {
    return { ...state, listing: { ...state.listing, isComplete: true } }
  }
  const { projects, next } = answer
  const { cursors, first } = state.listing
  const pages = task.pages + 1
  const hasNext = next !== undefined && !cursors.has(next) && pages < MAX_PAGES
  const listing = {
    isSettled: true,
    isComplete: !hasNext,
    cursors: hasNext ? new Set([...cursors, next]) : cursors,
    projects: state.listing.projects + projects.length,
    first: first ?? projects[0]?.slug,
  }
  const team = state.team ?? projects.find((project) => project.team !== undefined)?.team
  const listed: Directory = { ...state, listing, team }
  const paged: Directory = hasNext
    ? {
        ...listed,
        tasks: withTask(
          listed,
          key,
          taskOf({ _tag: 'ListProjects', cursor: next }, nowMillis, pages),
        ),
      }
    : listed
  return needsHead && first === undefined && listing.first !== undefined
    ? want({ slug: listing.first, name: listing.first }, nowMillis)(paged)
    : paged
}

const teamsTaken = (state: Directory, { answer, nowMillis }: AnsweredCall): Directory => {
  const [team] = answer._tag === 'Teams' ? answer.teams : []
  if (team !== undefined) return { ...state, team }
  const reason =
    answer._tag === 'Refused'
      ? `it could not be created: the teams cannot be listed: ${answer.reason}`
      : 'it could not be created: the organization has no team'
  const waiting = [...state.tasks].filter(([, { call }]) => call._tag === 'AwaitTeam')
  return waiting.reduce((all, [slug]) => missing(all, slug, reason, nowMillis), state)
}

const keysTaken = (
  { creates }: DirectoryOptions,
  state: Directory,
  task: Task,
  { key: slug, answer, nowMillis }: AnsweredCall,
): Directory => {
  const entry = state.entries.get(slug)
  if (entry?._tag !== 'Pending') return state
  const { call, pages } = task
  if (answer._tag === 'Keys') {
    const { before } = entry
    // Where one key was refused, another one of the project may not be.
    const dsn =
      answer.dsns.find((one) => before === undefined || !Dsn.Eq.equals(one, before)) ??
      answer.dsns[0]
    if (dsn !== undefined) return withEntry(state, slug, knownAs(dsn, entry))
    const { next } = answer
    return next !== undefined &&
      call._tag === 'ListKeys' &&
      pages + 1 < MAX_PAGES &&
      next !== call.cursor
      ? {
          ...state,
          tasks: withTask(state, slug, taskOf({ ...call, cursor: next }, nowMillis, pages + 1)),
        }
      : missing(state, slug, 'it has no active key', nowMillis)
  }
  if (answer._tag === 'Refused') return missing(state, slug, answer.reason, nowMillis)
  if (entry.isCreated) {
    return missing(state, slug, 'it exists, and auth_token cannot read its keys', nowMillis)
  }
  return creates
    ? { ...state, tasks: withTask(state, slug, taskOf({ _tag: 'AwaitTeam' }, nowMillis)) }
    : missing(state, slug, 'there is no such project in the organization', nowMillis)
}

/** An unchanged DSN is not asked for again within the interval. */
const knownAs = (
  dsn: Dsn.Dsn,
  { before, refusals }: Extract<ProjectEntry, { _tag: 'Pending' }>,
): ProjectEntry => ({
  _tag: 'Known',
  dsn,
  refusals:
    before !== undefined && Dsn.Eq.equals(dsn, before)
      ? { ...refusals, count: MAX_RENEWALS }
      : refusals,
})

const creationTaken = (state: Directory, task: Task, answered: AnsweredCall): Directory => {
  const { key: slug, answer, nowMillis } = answered
  const entry = state.entries.get(slug)
  if (entry?._tag !== 'Pending') return state
  switch (answer._tag) {
    case 'Created':
    case 'Conflict': {
      const call = {
        _tag: 'ListKeys',
        slug: answer._tag === 'Created' ? answer.slug : slug,
        cursor: undefined,
      } as const
      const created = withEntry(state, slug, { ...entry, isCreated: true })
      return { ...created, tasks: withTask(created, slug, taskOf(call, nowMillis)) }
    }
    case 'NotFound': {
      // The team does not exist any more.
      const later = { ...again(task, answered), call: { _tag: 'AwaitTeam' } as const }
      return { ...state, team: undefined, tasks: withTask(state, slug, later) }
    }
    default:
      return missing(
        state,
        slug,
        `it could not be created: ${answer._tag === 'Refused' ? answer.reason : 'an unexpected answer'}`,
        nowMillis,
      )
  }
}

const withEntry = (state: Directory, slug: string, entry: ProjectEntry): Directory => ({
  ...state,
  entries: new Map([...state.entries, [slug, entry]]),
})

const missing = (state: Directory, slug: string, reason: string, nowMillis: number): Directory => ({
  ...withEntry(state, slug, { _tag: 'Missing', reason, untilMillis: nowMillis + MISSING_MILLIS }),
  tasks: new Map([...state.tasks].filter(([key]) => key !== slug)),
})
