/**
 * Segments that go to the projects of an organization, which are looked up while the exporter runs. Part of a configuration, so that
 * a program without it does not contain it.
 *
 * @example
 * ```ts
 * import { Resource } from '@sentry-exporter/core'
 * import { type ProjectDirectory, ProjectLookup } from '@sentry-exporter/exporter'
 *
 * const none = { _tag: 'Missing', reason: 'there is none' } as const
 * const directory: ProjectDirectory.ProjectDirectory = {
 *   known: () => none,
 *   find: async () => none,
 *   renew: async () => none,
 *   head: () => undefined,
 * }
 * const projects = ProjectLookup.of({ attribute: 'service.name', slugs: [['web', 'storefront']] }, directory)
 * console.log(projects.projectOf(Resource.of({ 'service.name': 'web' }))?.slug) // storefront
 * ```
 */
import type { Resource } from '@sentry-exporter/core/Resource'
import type { ProjectDirectory } from './ProjectDirectory.ts'
import * as ProjectLines from './ProjectLines.ts'
import * as ProjectSlug from './ProjectSlug.ts'

// model

export interface ProjectLookup {
  /** The project that a resource names. */
  readonly projectOf: (resource: Resource) => ProjectSlug.NamedProject | undefined
  readonly directory: ProjectDirectory
  readonly open: (
    wiring: Omit<ProjectLines.ProjectLinesWiring, 'directory'>,
  ) => ProjectLines.ProjectLines
}

// constructors

export const of = (
  names: ProjectSlug.ProjectNames,
  directory: ProjectDirectory,
): ProjectLookup => ({
  projectOf: ProjectSlug.projectOf(names),
  directory,
  open: (wiring) => ProjectLines.make({ ...wiring, directory }),
})
