/** Puts the answers of Sentry's API into the log. They contain no secret. */
import type { Log } from '../monitor/Log.ts'
import type { ApiAnswer, ApiCall } from './SentryApi.ts'

// running

export const logAnswer = (log: Log, exporter: string, call: ApiCall, answer: ApiAnswer): void => {
  const fields = { exporter, call: call._tag, ...('slug' in call ? { project: call.slug } : {}) }
  switch (answer._tag) {
    case 'Created':
      log.info('a project was created', fields)
      return
    case 'Limited':
      log.limited(`${exporter}: projects limited`, 'the API of Sentry limits requests', {
        ...fields,
        seconds: Math.ceil(answer.millis / 1_000),
      })
      return
    case 'Failed':
    case 'Refused':
      log.limited(`${exporter}: projects ${call._tag}`, 'projects cannot be looked up', {
        ...fields,
        reason: answer.reason,
      })
  }
}
