import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { packageRules, scope } from '../src/lint/packageRules.ts'
import * as Workspace from '../src/lint/Workspace.ts'

const { root } = Workspace

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Packages that are published. */
const published = Workspace.read().packages.filter(({ manifest }) => manifest.private !== true)

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...Workspace.filesBelow(join(root, 'docs'), (path) => path.endsWith('.md')).map((path) =>
    relative(root, path),
  ),
  ...published.map(({ folder }) => `packages/${folder}/README.md`),
]

const links = suite('links in the documentation')

links('lead to files that are there', () => {
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => !existsSync(join(root, dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  )
  assert.equal(broken, [])
})

links.run()

const architecture = suite('docs/architecture.md')

architecture('names only files that are there', () => {
  const named = [...read('docs/architecture.md').matchAll(/`((?:packages|examples)\/[^`]+\.ts)`/g)]
  assert.ok(named.length > 20)
  assert.equal(
    named.map(([, path = '']) => path).filter((path) => !existsSync(join(root, path))),
    [],
  )
})

architecture('has a row for each package of the dependency rule, and the picture a box', () => {
  const [text, picture] = [read('docs/architecture.md'), read('docs/pictures/architecture.svg')]
  for (const name of packageRules.keys()) {
    assert.match(text, new RegExp(`^\\| (\\[)?\`${name}\``, 'm'))
    if (!['testing', 'workspace'].includes(name)) assert.match(picture, `>${name}</text>`)
  }
})

architecture.run()

const readme = suite('README.md of each package')

const SECTIONS = ['When to use it', 'When not', 'Install', 'Use', 'API', 'Errors', 'Compatibility']

for (const { folder, manifest } of published) {
  const path = `packages/${folder}/README.md`

  readme(`${path} has the sections of all, in their order`, () => {
    const text = read(path)
    assert.ok(text.startsWith(`# ${manifest.name}\n`))
    assert.equal(
      [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title),
      SECTIONS,
    )
    assert.match(text, new RegExp(`npm install .*${manifest.name}\\b`))
  })

  readme(`${path} names all that the package gives`, () => {
    const [, api = ''] = read(path).split('\n## API\n')
    const given = [...read(`packages/${folder}/src/index.ts`).matchAll(GIVEN)].flatMap(
      ([, module, names = '']) => (module === undefined ? names.split(',') : [module]),
    )
    assert.ok(given.length > 0)
    assert.equal(
      given
        .map((name) => name.trim())
        // A type that is given beside a function is what that takes or gives.
        .filter((name) => name !== '' && !name.startsWith('type '))
        .filter((name) => !new RegExp(`\`${name}[\`(]`).test(api)),
      [],
    )
  })
}

const GIVEN = /^export (?:\* as (\w+)|\{([^}]+)\})/gm

readme('of the repository names the packages for each purpose', () => {
  for (const { folder } of published) {
    assert.match(read('README.md'), `\`${scope}/${folder}\``)
  }
})

readme.run()
