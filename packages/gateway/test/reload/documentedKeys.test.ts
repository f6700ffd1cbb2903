import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as ConfigKeys from '../../src/reload/ConfigKeys.ts'

const document = readFileSync(
  fileURLToPath(new URL('../../../../docs/gateway.md', import.meta.url)),
  'utf8',
)

/** Rows of the table: component, keys, effect. A row without a component belongs to that of the row above. */
const documentedEffects = (): ReadonlyArray<string> => {
  const [, section = ''] = document.split('| component | keys | a change |\n|---|---|---|\n')
  let component = ''
  return (section.split('\n\n')[0] ?? '').split('\n').flatMap((line) => {
    const [, first = '', keys = '', effect = ''] = line.split('|').map((cell) => cell.trim())
    if (first !== '') component = first.replaceAll('`', '')
    const own = keys.startsWith('added or removed') ? [`${component}: ${effect}`] : []
    const named = [...keys.matchAll(/`([^`]+)`/g)].map(
      ([, key]) => `${component}::${key}: ${effect}`,
    )
    return [...own, ...named]
  })
}

const documented = suite('docs/gateway.md: reload')

documented('has the effect of each key of the code, and no other', () => {
  const effects = ConfigKeys.rules.map(([path, { effect }]) => `${path}: ${effect}`)
  assert.equal([...documentedEffects()].sort(), [...new Set(effects)].sort())
})

documented('names the keys that need a restart only when they are added or removed', () => {
  const keys = ConfigKeys.rules.flatMap(([, { key, presence }]) => (presence ? [key] : []))
  assert.equal([...new Set(keys)], ['client_ca_file'])
  assert.match(document, 'remove `client_ca_file` needs a restart too')
})

documented.run()
