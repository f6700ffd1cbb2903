import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as Dist from '../../src/mapping/Dist.ts'
import * as Environment from '../../src/mapping/Environment.ts'
import * as Mapping from '../../src/mapping/Mapping.ts'
import * as OtelContext from '../../src/mapping/OtelContext.ts'
import * as Platform from '../../src/mapping/Platform.ts'
import * as Release from '../../src/mapping/Release.ts'
import * as ResourceContexts from '../../src/mapping/ResourceContexts.ts'
import * as Tags from '../../src/mapping/Tags.ts'
import * as Resource from '../../src/model/Resource.ts'
import * as EventBase from '../../src/sentry/EventBase.ts'
import * as Repairs from '../../src/size/Repairs.ts'

const environment = suite('Environment.of')

environment('reads either name, and what Sentry is told outright first', () => {
  assert.is(Environment.of(Resource.of({ 'deployment.environment': 'old' })), 'old')
  assert.is(
    Environment.of(
      Resource.of({ 'deployment.environment': 'old', 'deployment.environment.name': 'new' }),
    ),
    'new',
  )
  assert.is(Environment.of(Resource.of({})), undefined)
})

environment('mends what the server would refuse', () => {
  assert.is(Environment.repair('a/b c\n'), 'a-b-c-')
  assert.is(Environment.repair('None'), undefined)
  assert.is(Environment.repair('x'.repeat(100))?.length, 64)
})

environment.run()

const force = suite('Mapping.forceEnvironment')

force('wins over every resource, where a default only fills in', () => {
  const named = Resource.of({ 'deployment.environment.name': 'staging' })
  assert.is(Mapping.forceEnvironment('prod')(Mapping.sentry).environment(named), 'prod')
  assert.is(Mapping.defaultEnvironment('prod')(Mapping.sentry).environment(named), 'staging')
  assert.is(Mapping.defaultEnvironment('prod')(Mapping.sentry).environment(Resource.of({})), 'prod')
})

force.run()

const release = suite('Release.of')

release('joins the name and the version of the service', () => {
  assert.is(Release.of(resource('shop', { 'service.version': '1.4.2' })), 'shop@1.4.2')
  assert.is(Release.of(Resource.of({ 'service.version': '1.4.2' })), '1.4.2')
})

release('says nothing without a version', () => {
  assert.is(Release.of(Resource.of({ 'service.name': 'shop' })), undefined)
})

release('takes what Sentry is told outright, and mends what the server would refuse', () => {
  assert.is(Release.of(resource('shop', { 'sentry.release': 'own' })), 'own')
  assert.is(Release.repair('a/b\\c\td\u0000'), 'a-b-c-d-')
  assert.is(Release.repair('..'), undefined)
  assert.is(Release.repair('x'.repeat(300))?.length, 200)
})

release('follows a template, and is none where an attribute is missing', () => {
  const of = Release.fromTemplate('{service.namespace}/{service.name}@{service.version}')
  assert.is(of(resource('shop', { 'service.namespace': 'web' })), 'web/shop@1.0.0')
  assert.is(of(resource('shop')), undefined)
  assert.is(of(resource('shop', { 'service.namespace': '' })), undefined)
  assert.is(of(resource('shop', { 'sentry.release': 'own' })), 'own')
  assert.is(Release.fromTemplate('shop@7')(Resource.of({})), 'shop@7')
})

release.run()

const dist = suite('Dist.of')

dist('is what Sentry is told, in letters that the server takes', () => {
  assert.is(Dist.of(Resource.of({ 'sentry.dist': '7' })), '7')
  assert.is(Dist.of(Resource.of({})), undefined)
  assert.is(Dist.repair(' a b/7 '), 'a-b-7')
  assert.is(Dist.repair('x'.repeat(100))?.length, 64)
  assert.is(Dist.repair(' '), undefined)
})

dist.run()

const base = suite('EventBase.of')

base('mends whatever a mapping says, and counts it once', () => {
  const mended = Repairs.start()
  const made = EventBase.of(
    {
      ...Mapping.sentry,
      environment: () => 'a/b',
      release: () => '..',
      dist: () => 'x y',
      serverName: () => 'x'.repeat(500),
      tags: () => ({ 'a b': 'c\nd', release: 'x', empty: '', [`k${'x'.repeat(300)}`]: 'v' }),
      contexts: () => ({ app: { big: 'x'.repeat(20_000) } }),
    },
    mended,
  )(resource('shop'))
  assert.is(made.fields.environment, 'a-b')
  assert.is(made.fields.release, undefined)
  assert.is(made.fields.dist, 'x-y')
  assert.is(made.fields.server_name?.length, 256)
  assert.equal(made.fields.tags, { a_b: 'c d', [`k${'x'.repeat(199)}`]: 'v' })
  assert.ok(JSON.stringify(made.resource.app).length <= 8 * 1024)
  assert.equal(mended, { field: 4, time: 0, trimmed: 1 })
})

base.run()

const contexts = suite('ResourceContexts.of')

contexts('tells of the runtime, the system, the device, the cloud and the application', () => {
  const { otel, ...told } = ResourceContexts.of(
    resource('shop', {
      'process.runtime.name': 'nodejs',
      'process.runtime.version': '20.1.0',
      'os.type': 'linux',
      'os.version': '6.1',
      'host.arch': 'amd64',
      'device.model.identifier': 'Pixel7',
      'cloud.provider': 'aws',
      'cloud.region': 'eu-west-1',
      'app.build_id': '77',
    }),
  )
  assert.equal(told, {
    app: { app_name: 'shop', app_version: '1.0.0', app_build: '77' },
    cloud_resource: { 'cloud.provider': 'aws', 'cloud.region': 'eu-west-1' },
    device: { arch: 'amd64', model: 'Pixel7', model_id: 'Pixel7' },
    os: { name: 'linux', version: '6.1' },
    runtime: { name: 'nodejs', version: '20.1.0' },
  })
  assert.is(otel?.resource['service.name'], 'shop')
  assert.equal(ResourceContexts.of(Resource.of({})), {})
})

contexts.run()

const tags = suite('Tags.of')

tags('takes only what is on the list', () => {
  const tagged = Tags.of(
    resource('shop', {
      'service.namespace': 'web',
      'k8s.pod.name': 'shop-1',
      'cloud.region': 'eu-west-1',
      'process.command_line': 'node --secret=1',
      'host.name': 'vm',
      'k8s.pod.uid': 'x',
    }),
  )
  assert.equal(tagged, {
    'service.name': 'shop',
    'service.namespace': 'web',
    'k8s.pod.name': 'shop-1',
    'cloud.region': 'eu-west-1',
  })
})

tags('cuts long values and makes them one line, so that the server keeps them', () => {
  const tagged = Tags.of(resource(`a\nb${'x'.repeat(300)}`))
  assert.is(tagged['service.name']?.length, 200)
  assert.ok(tagged['service.name']?.startsWith('a bx'))
})

tags.run()

const context = suite('OtelContext.of')

context('shows what a process is, not how it was started or by whom', () => {
  const shown = OtelContext.of(
    resource('shop', {
      'process.command_args': ['node', '--password=1'],
      'process.command_line': 'node --password=1',
      'process.command': 'node',
      'process.owner': 'root',
      'process.executable.path': '/home/me/node',
      'process.runtime.name': 'nodejs',
      'host.ip': ['10.0.0.1'],
      'host.name': 'vm',
      servicelike: 'x',
    }),
  )
  assert.equal(Object.keys(shown).sort(), [
    'host.name',
    'process.runtime.name',
    'service.name',
    'service.version',
  ])
})

context.run()

const platform = suite('Platform.of')

const PLATFORMS: ReadonlyArray<readonly [string, string]> = [
  ['nodejs', 'node'],
  ['webjs', 'javascript'],
  ['java', 'java'],
  ['kotlin', 'java'],
  ['dotnet', 'csharp'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['go', 'go'],
  ['erlang', 'elixir'],
  ['rust', 'native'],
  ['cpp', 'native'],
  ['swift', 'cocoa'],
  ['cobol', 'other'],
]

for (const [language, name] of PLATFORMS) {
  platform(`${language} is ${name}`, () => {
    assert.is(Platform.of(Resource.of({ 'telemetry.sdk.language': language })), name)
  })
}

platform('is other where no language is told', () => {
  assert.is(Platform.of(Resource.of({})), 'other')
})

platform.run()
