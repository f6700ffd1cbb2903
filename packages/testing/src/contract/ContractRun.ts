/** The client's half of one case: its paths, and what the server received. */
import type { Behaviour, ContractAddress, OpenedRun, RunRequests } from './Behaviour.ts'

// model

export interface ContractRun {
  readonly url: (behaviour: Behaviour) => string
  readonly requests: () => Promise<RunRequests>
  /** Nothing listens there. */
  readonly refusing: string
  readonly secure: string | undefined
}

/** The path of a request, after the segment of the behaviour. */
export const PATH = '/api/1/envelope/?a=b'

// running

export const open = async ({ control, secure }: ContractAddress): Promise<ContractRun> => {
  const { origin, refusing } = await ask<OpenedRun>(`${control}/open`)
  return {
    url: (behaviour) => `${origin}/${behaviour}${PATH}`,
    requests: () => ask<RunRequests>(`${control}/requests?origin=${encodeURIComponent(origin)}`),
    refusing,
    secure,
  }
}

const ask = async <A>(url: string): Promise<A> => {
  const response = await fetch(url)
  if (response.status !== 200) throw new Error(`${url}: status ${response.status}`)
  // The server is the other half of this suite.
  return (await response.json()) as A
}
