/** Reads the text format of Prometheus. */

// model

/** Values by name; those of one name with different labels are added. */
export type MetricSums = ReadonlyMap<string, number>

// decoding

/** `label` leaves out other samples: `exporter="sentry"`. */
export const parse = (text: string): MetricSums => {
  const sums = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^([a-z_]+)(?:\{[^}]*\})? (\S+)$/.exec(line) ?? []
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value))
  }
  return sums
}

/** 0 for a name without samples. */
export const sum = (samples: MetricSums, name: string): number => samples.get(name) ?? 0
