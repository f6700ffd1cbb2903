/**
 * The projects of an organization, found by their slugs while an exporter runs. The package `gateway` has one that asks Sentry;
 * an exporter only needs this interface. No function rejects.
 */
import type { Dsn } from '@sentry-exporter/envelope/Dsn'
import type { NamedProject } from './ProjectSlug.ts'

// model

export type ProjectAnswer =
  | { readonly _tag: 'Found'; readonly dsn: Dsn }
  /** There is no such project. The answer may differ later. The reason contains no secret. */
  | { readonly _tag: 'Missing'; readonly reason: string }

/** The answer to a refused DSN. */
export type RenewedProject =
  | ProjectAnswer
  /** The project has no other DSN. */
  | { readonly _tag: 'Unchanged' }
  /** It could not be looked up now; a later attempt may succeed. */
  | { readonly _tag: 'Failed'; readonly reason: string }

export interface ProjectDirectory {
  /** The answer that is known now; `undefined` for a project that has to be looked up. */
  readonly known: (project: NamedProject) => ProjectAnswer | undefined
  /** Looks a project up, or creates it. Resolves when the answer is known. */
  readonly find: (project: NamedProject) => Promise<ProjectAnswer>
  /** Looks a project up again whose DSN Sentry refused. */
  readonly renew: (project: NamedProject, refused: Dsn) => Promise<RenewedProject>
  /** The first project: its key is in all trace headers where there is no default project. Known as soon as any project is. */
  readonly head: () => Dsn | undefined
}
