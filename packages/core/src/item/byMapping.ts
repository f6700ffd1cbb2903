/** Values that are made of a mapping, for the resources that have a mapping of their own. */
import * as CheckedMapping from '../mapping/checkedMapping.ts'
import type { Mapping } from '../mapping/Mapping.ts'
import type { Resource } from '../model/Resource.ts'

// model

export interface MappingChoice {
  readonly mapping: Mapping
  /** The mapping of the items of a resource that has one of its own. */
  readonly mappingFor?: ((resource: Resource) => Mapping | undefined) | undefined
}

// constructors

/** Made once for each mapping, whose functions are checked: their mistakes are in `faults`. */
export const byMapping = <A>(
  { mapping, mappingFor }: MappingChoice,
  faults: CheckedMapping.MappingFaults,
  make: (mapping: Mapping) => A,
): ((resource: Resource) => A) => {
  const makeChecked = (one: Mapping): A => make(CheckedMapping.checkedMapping(one, faults))
  const main = makeChecked(mapping)
  if (mappingFor === undefined) return () => main
  const others = new Map<Mapping, A>()
  return (resource) => {
    const own = mappingFor(resource)
    if (own === undefined) return main
    const made = others.get(own) ?? makeChecked(own)
    others.set(own, made)
    return made
  }
}
