/** Import cycles between packages. Cycles between modules are found by Biome's `noImportCycles`. */

/** Every strongly connected group of more than one name, or of one that imports itself. */
export const packageCycles = (
  imports: ReadonlyMap<string, ReadonlyArray<string>>,
): ReadonlyArray<ReadonlyArray<string>> => {
  const found: Array<ReadonlyArray<string>> = []
  const seen = new Set<string>()
  for (const start of imports.keys()) {
    if (seen.has(start)) continue
    const group = [...reached(imports, start)].filter((name) => reached(imports, name).has(start))
    for (const name of group) seen.add(name)
    if (group.length > 0) found.push(group.sort())
  }
  return found
}

const reached = (
  imports: ReadonlyMap<string, ReadonlyArray<string>>,
  start: string,
): ReadonlySet<string> => {
  const names = new Set<string>()
  const open = [...(imports.get(start) ?? [])]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (names.has(name)) continue
    names.add(name)
    open.push(...(imports.get(name) ?? []))
  }
  return names
}
