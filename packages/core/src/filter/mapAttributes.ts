import type { Attributes, AttributeValue } from '../model/Attributes.ts'

/**
 * The attributes with their values changed, without those for which `change` gives `undefined`, in the same order. The same
 * object if nothing changes.
 */
export const mapAttributes = (
  attributes: Attributes,
  change: (
    value: AttributeValue,
    key: string,
    attributes: Attributes,
  ) => AttributeValue | undefined,
): Attributes => {
  // hot: once for each span. Most attributes are unchanged.
  let changed: Record<string, AttributeValue> | undefined
  for (const key in attributes) {
    const value = attributes[key]
    if (value === undefined) continue
    const next = change(value, key, attributes)
    if (Object.is(next, value)) continue
    changed ??= { ...attributes }
    if (next === undefined) delete changed[key]
    else changed[key] = next
  }
  return changed ?? attributes
}
