import { resource } from '@sentry-exporter/testing/spans'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import * as OtelContext from '../../src/mapping/OtelContext.ts'

const context = suite('OtelContext.of')

context('describes a process, not its command line and its owner', () => {
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
