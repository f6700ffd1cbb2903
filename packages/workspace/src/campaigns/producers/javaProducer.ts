/** Java with the SDK that its variables configure. Maven finds the libraries. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lint/Workspace.ts'
import { missing, type Producer } from './Producer.ts'
import { runTool, tryTool } from './runTool.ts'

const SOURCES = join(root, 'packages', 'workspace', 'fixtures', 'producers', 'java')

const CLASSPATH_GOAL = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath'

const SDK = /<opentelemetry\.version>([^<]+)</

export const javaProducer: Producer = {
  language: 'Java',
  prepare: async (folder) => {
    const version = await tryTool('java', ['-version'])
    if (version === undefined) return missing('java is not installed')
    if ((await tryTool('mvn', ['--version'])) === undefined) return missing('mvn is not installed')
    const listed = join(folder, 'classpath.txt')
    const pom = join(SOURCES, 'pom.xml')
    const found = await tryTool('mvn', [
      '-q',
      '-B',
      '-f',
      pom,
      CLASSPATH_GOAL,
      `-Dmdep.outputFile=${listed}`,
    ])
    if (found === undefined) return missing('the libraries of Java cannot be installed')
    const [, sdk = 'unknown'] = SDK.exec(readFileSync(pom, 'utf8')) ?? []
    return {
      _tag: 'Ready',
      versions: [version.split('\n')[0] ?? version, `opentelemetry ${sdk}`],
      run: async (env) => {
        await runTool('java', ['-cp', readFileSync(listed, 'utf8'), join(SOURCES, 'Shop.java')], {
          env,
        })
      },
    }
  },
}
