/** The metrics of the projects of organizations, and of the calls of Sentry's API that find them. */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { ReportedExporter } from '../pipeline/RunningExporter.ts'
import type { ApiAnswer, ApiCall } from '../projects/SentryApi.ts'

// model

export interface ProjectMetrics {
  readonly onProjectCall: (exporter: string, call: ApiCall, answer: ApiAnswer) => void
}

const CALLS: Readonly<Record<ApiCall['_tag'], string>> = {
  ListProjects: 'list_projects',
  ListTeams: 'list_teams',
  ListKeys: 'list_keys',
  CreateProject: 'create_project',
}

const RESULTS: Readonly<Record<ApiAnswer['_tag'], string>> = {
  Projects: 'ok',
  Teams: 'ok',
  Keys: 'ok',
  Created: 'ok',
  NotFound: 'not_found',
  Conflict: 'conflict',
  Refused: 'refused',
  Limited: 'limited',
  Failed: 'failed',
}

// constructors

export const make = (
  prefix: string,
  registry: Registry,
  exporters: () => ReadonlyArray<ReportedExporter>,
): ProjectMetrics => {
  const registers = [registry]
  const calls = new Counter({
    name: `${prefix}project_calls_total`,
    help: 'Calls of the API of Sentry that look projects up or create them, by their result.',
    labelNames: ['exporter', 'call', 'result'],
    registers,
  })
  new Gauge({
    name: `${prefix}projects`,
    help: 'Projects of the organization that were asked for: known, pending (their data waits), or missing.',
    labelNames: ['exporter', 'state'],
    registers,
    collect() {
      this.reset()
      for (const { id, projects } of exporters()) {
        for (const [state, count] of Object.entries(projects() ?? {})) {
          this.inc({ exporter: id, state }, count)
        }
      }
    },
  })
  return {
    onProjectCall: (exporter, call, answer) =>
      calls.inc({ exporter, call: CALLS[call._tag], result: RESULTS[answer._tag] }),
  }
}
