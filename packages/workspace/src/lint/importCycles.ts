/** Circles among modules or packages: names that reach themselves by their own imports. */

/** Every strongly connected group of more than one name, or of one that points to itself. */
export const importCycles = (
  arrows: ReadonlyMap<string, ReadonlyArray<string>>,
): ReadonlyArray<ReadonlyArray<string>> => {
  const found: Array<ReadonlyArray<string>> = []
  const seen = new Set<string>()
  for (const start of arrows.keys()) {
    if (seen.has(start)) continue
    const group = [...reached(arrows, start)].filter((name) => reached(arrows, name).has(start))
    for (const name of group) seen.add(name)
    if (group.length > 0) found.push(group.sort())
  }
  return found
}

const reached = (
  arrows: ReadonlyMap<string, ReadonlyArray<string>>,
  start: string,
): ReadonlySet<string> => {
  const names = new Set<string>()
  const open = [...(arrows.get(start) ?? [])]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue
    names.add(name)
    open.push(...(arrows.get(name) ?? []))
  }
  return names
}
