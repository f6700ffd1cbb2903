import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { until, withGateway } from './running.ts'

const organization = 'url: URL, org_slug: acme, auth_token: TOKEN'

const reload = suite('a reload with an organization')

reload('keeps what is known of the projects where only their names change', () =>
  withGateway({ server: { projects: ['shop'] } }, async ({ send, arrived, server, reloadWith }) => {
    await send('shop')
    await until(() => arrived().length === 1)
    const result = await reloadWith(
      `${organization}, routing: {attribute_to_project_mapping: {web: shop}}`,
    )
    assert.is(result._tag, 'Applied')
    await send('web')
    await until(() => arrived().length === 2)
    assert.is(server.requests.filter((one) => one.endsWith('/keys/')).length, 1)
  }),
)

reload('moves what waits for its project to the configuration that follows', () => {
  let isSilent = true
  return withGateway(
    {
      exporter: `${organization}, auto_create_projects: true`,
      server: { projects: ['first'], intercept: () => (isSilent ? 'silence' : undefined) },
    },
    async ({ send, arrived, reloadWith, gateway, server }) => {
      const sending = () => gateway.report().outcomes[0]?.outcome.sending
      await send('shop')
      await until(() => sending() === 1)
      // Another token asks anew, and waits again.
      assert.is((await reloadWith(`${organization}x, auto_create_projects: true`))._tag, 'Applied')
      assert.equal([sending(), arrived()], [1, []])
      isSilent = false
      assert.is((await reloadWith(`${organization}, auto_create_projects: true`))._tag, 'Applied')
      await until(() => arrived().length === 1)
      assert.equal(arrived(), ['shop'])
      isSilent = true
      await send('later')
      await until(() => sending() === 1)
      // No projects are looked up any more: the default project takes all.
      assert.is((await reloadWith('dsn: DSN'))._tag, 'Applied')
      await until(() => arrived().length === 2)
      assert.equal(arrived(), ['shop', 'first'])
      assert.equal(gateway.report().outcomes[0]?.outcome.dropped, {})
      assert.is(server.refused(), 0)
    },
  )
})

reload.run()
