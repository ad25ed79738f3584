// `npm run replay`: plays an order history through Tern on a virtual clock, and writes down what came of it.
import { writeFile } from 'node:fs/promises'
import { readReplayArguments } from '#sandbox/replay/arguments.ts'
import { replay } from '#sandbox/replay/replay.ts'

try {
  const options = readReplayArguments(process.argv.slice(2))
  const report = await replay(options)
  await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
