/** The part of a configuration that its deliveries need. */
import type * as Config from './Config.ts'
import type * as DeliveryByDsn from './DeliveryByDsn.ts'

/** The projects of a configuration, and how envelopes are delivered to them. */
export const deliveryTargets = ({
  dsn,
  routes,
  unmatched,
  projects,
  delivery,
}: Config.RunnableConfig): DeliveryByDsn.DeliveryTargets => ({
  main: dsn,
  routed: routes.flatMap(({ to }) => (to?._tag === 'Dsn' ? [to.dsn] : [])),
  projects,
  takesUnmatched: unmatched === 'default',
  options: delivery,
})
