/** All campaigns. */
import { assembly } from './assembly.ts'
import { bytePath } from './bytePath.ts'
import type { Campaign } from './Campaign.ts'
import { faults } from './faults.ts'
import { fuzzHttp } from './fuzzHttp.ts'
import { load } from './load/load.ts'
import { overload } from './overload.ts'
import { producers } from './producers/producers.ts'
import { protobuf } from './protobuf.ts'
import { reload } from './reload/reload.ts'
import { replay } from './replay/replay.ts'
import { rollingRestart } from './rollingRestart/rollingRestart.ts'
import { runtimesCampaign } from './runtimes.ts'
import { sdkLoad } from './sdkLoad/sdkLoad.ts'
import { sentryOpenTelemetry } from './sentryOpenTelemetry/sentryOpenTelemetry.ts'
import { trafficCampaign } from './trafficCampaign.ts'

// model

export const CAMPAIGNS: ReadonlyArray<Campaign> = [
  assembly,
  bytePath,
  faults,
  fuzzHttp,
  load,
  overload,
  producers,
  protobuf,
  reload,
  replay,
  rollingRestart,
  runtimesCampaign,
  sdkLoad,
  sentryOpenTelemetry,
  trafficCampaign,
]

/** The report of a campaign, from the root. */
export const reportPath = (name: string): string => `docs/design/campaigns/${name}.json`
