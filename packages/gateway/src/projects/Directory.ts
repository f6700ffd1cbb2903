/**
 * The projects of an organization as far as they are known: a state machine without a clock. Its tasks are the calls of Sentry's
 * API that are due, and their answers are its inputs. It holds no envelopes.
 *
 * Laws: at most one call for a project is under way, so that a project is created once. At most `MAX_CALLS` calls are under way,
 * and none while the API limits them. A project is not asked for again before its answer expires.
 */
import * as Dsn from '@sentry-exporter/envelope/Dsn'
import type { ProjectDirectory, ProjectSlug } from '@sentry-exporter/exporter'
import type { ApiCall } from './SentryApi.ts'

// model

export interface Directory {
  /** By their slugs, in the order in which they were asked for. */
  readonly entries: ReadonlyMap<string, ProjectEntry>
  /** By a key: `projects`, `teams`, or the slug of the project that the call is for. */
  readonly tasks: ReadonlyMap<string, Task>
  readonly listing: Listing
  /** The team of new projects. */
  readonly team: string | undefined
  /** The project whose key is in all trace headers. */
  readonly head: string | undefined
  /** No call starts before this time. */
  readonly pausedUntilMillis: number
}

export type ProjectEntry =
  | {
      readonly _tag: 'Known'
      readonly dsn: Dsn.Dsn
      /** The lookups after refusals of its DSN, within an interval. */
      readonly refusals: Refusals
    }
  /** There is no such project, as far as is known until this time. */
  | { readonly _tag: 'Missing'; readonly reason: string; readonly untilMillis: number }
  /** A task for it is due or under way. */
  | {
      readonly _tag: 'Pending'
      readonly name: string
      /** The DSN that it had. */
      readonly before: Dsn.Dsn | undefined
      /** Whether it was created, or exists already, so that it is not created again. */
      readonly isCreated: boolean
      readonly refusals: Refusals
    }

interface Refusals {
  readonly count: number
  readonly sinceMillis: number
}

/** A call that is due or under way. */
export interface Task {
  readonly call: ApiCall | { readonly _tag: 'AwaitTeam' }
  readonly dueMillis: number
  /** Failures so far. */
  readonly attempts: number
  /** Pages that were read before. */
  readonly pages: number
  readonly isRunning: boolean
}

/** The list of all projects, page by page. */
interface Listing {
  /** Whether its first page is known, or was asked for often enough. */
  readonly isSettled: boolean
  readonly isComplete: boolean
  readonly cursors: ReadonlySet<string>
  readonly projects: number
  readonly first: string | undefined
}

/** The numbers of projects by their state. */
export interface ProjectCounts {
  readonly known: number
  readonly pending: number
  readonly missing: number
}

export interface DirectoryOptions {
  /** Whether missing projects are created. */
  readonly creates: boolean
  /** Whether trace headers need the key of a project: there is no default one. */
  readonly needsHead: boolean
}

/** As many as the Collector's exporter knows at most. */
export const MAX_PROJECTS = 1_000

/** Of one list. Sentry's pages have 100 projects or keys. */
export const MAX_PAGES = 100

export const MAX_CALLS = 4

/** After this time a missing project is looked up again. */
export const MISSING_MILLIS = 300_000

/** The key of a refused DSN is looked up so often within the interval, and no more once it is unchanged. */
export const MAX_RENEWALS = 3

export const RENEWAL_MILLIS = 60_000

export const PROJECTS = 'the list of projects'

export const TEAMS = 'the list of teams'

// constructors

const NO_REFUSALS: Refusals = { count: 0, sinceMillis: 0 }

export const taskOf = (call: Task['call'], dueMillis: number, pages = 0): Task => ({
  call,
  dueMillis,
  attempts: 0,
  pages,
  isRunning: false,
})

/** The list of projects is due at once if it is needed: for the first project, or for a team. */
export const start = ({ creates, needsHead }: DirectoryOptions, nowMillis: number): Directory => ({
  entries: new Map(),
  tasks:
    creates || needsHead
      ? new Map([[PROJECTS, taskOf({ _tag: 'ListProjects', cursor: undefined }, nowMillis)]])
      : new Map(),
  listing: {
    isSettled: false,
    isComplete: false,
    cursors: new Set(),
    projects: 0,
    first: undefined,
  },
  team: undefined,
  head: undefined,
  pausedUntilMillis: 0,
})

// transformations

/** A project is asked for. */
export const want =
  ({ slug, name }: ProjectSlug.NamedProject, nowMillis: number) =>
  (state: Directory): Directory => {
    const entry = state.entries.get(slug)
    if (entry?._tag === 'Known' || entry?._tag === 'Pending') return state
    if (entry !== undefined && entry.untilMillis > nowMillis) return state
    const entries = state.entries.size < MAX_PROJECTS ? state.entries : unexpired(state, nowMillis)
    if (entries.size >= MAX_PROJECTS) return state
    return lookUp({ ...state, entries }, slug, nowMillis, {
      _tag: 'Pending',
      name,
      before: undefined,
      isCreated: false,
      refusals: NO_REFUSALS,
    })
  }

/** Sentry refused the DSN of a project. */
export const refuse =
  ({ slug, name }: ProjectSlug.NamedProject, refused: Dsn.Dsn, nowMillis: number) =>
  (state: Directory): Directory => {
    const entry = state.entries.get(slug)
    if (entry?._tag !== 'Known') return want({ slug, name }, nowMillis)(state)
    if (!Dsn.Eq.equals(entry.dsn, refused)) return state
    const { refusals } = entry
    const isOver = refusals.sinceMillis + RENEWAL_MILLIS <= nowMillis
    if (!isOver && refusals.count >= MAX_RENEWALS) return state
    return lookUp(state, slug, nowMillis, {
      _tag: 'Pending',
      name,
      before: entry.dsn,
      isCreated: false,
      refusals: isOver
        ? { count: 1, sinceMillis: nowMillis }
        : { count: refusals.count + 1, sinceMillis: refusals.sinceMillis },
    })
  }

const unexpired = ({ entries }: Directory, nowMillis: number): Directory['entries'] =>
  new Map(
    [...entries].filter(([, entry]) => entry._tag !== 'Missing' || entry.untilMillis > nowMillis),
  )

const lookUp = (
  state: Directory,
  slug: string,
  nowMillis: number,
  entry: ProjectEntry,
): Directory => ({
  ...state,
  entries: new Map([...state.entries, [slug, entry]]),
  tasks: withTask(state, slug, taskOf({ _tag: 'ListKeys', slug, cursor: undefined }, nowMillis)),
})

export const withTask = ({ tasks }: Directory, key: string, task: Task): Directory['tasks'] =>
  new Map([...tasks, [key, task]])

// folds

/** The answer that is known; `undefined` while a project has to be looked up. */
export const known =
  ({ needsHead }: Pick<DirectoryOptions, 'needsHead'>, slug: string, nowMillis: number) =>
  (state: Directory): ProjectDirectory.ProjectAnswer | undefined => {
    const entry = state.entries.get(slug)
    switch (entry?._tag) {
      case 'Missing':
        return entry.untilMillis > nowMillis ? { _tag: 'Missing', reason: entry.reason } : undefined
      case 'Known':
      case 'Pending': {
        const dsn = entry._tag === 'Known' ? entry.dsn : entry.before
        if (dsn === undefined || (needsHead && headOf(state) === undefined)) return undefined
        return { _tag: 'Found', dsn }
      }
      default:
        return unexpired(state, nowMillis).size >= MAX_PROJECTS ? TOO_MANY : undefined
    }
  }

const TOO_MANY: ProjectDirectory.ProjectAnswer = {
  _tag: 'Missing',
  reason: `more than ${MAX_PROJECTS} projects were asked for`,
}

/** The DSN whose key is in trace headers. */
export const headOf = ({ entries, head }: Directory): Dsn.Dsn | undefined => {
  const entry = head === undefined ? undefined : entries.get(head)
  if (entry?._tag === 'Known') return entry.dsn
  return entry?._tag === 'Pending' ? entry.before : undefined
}

export const counts = ({ entries }: Directory): ProjectCounts => {
  const count = (tag: ProjectEntry['_tag']): number =>
    [...entries.values()].filter(({ _tag }) => _tag === tag).length
  return { known: count('Known'), pending: count('Pending'), missing: count('Missing') }
}
