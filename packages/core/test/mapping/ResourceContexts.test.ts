import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as ResourceContexts from '../../src/mapping/ResourceContexts.ts'
import * as Resource from '../../src/model/Resource.ts'

const contexts = suite('ResourceContexts.of')

contexts('describes the runtime, the system, the device, the cloud and the application', () => {
  const { otel, ...others } = ResourceContexts.of(
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
  assert.equal(others, {
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
