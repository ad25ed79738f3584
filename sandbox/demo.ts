// `npm run demo`: a real store's life at an hour per second, and the mails that come of it.
import { readDemoArguments } from '#sandbox/demo/arguments.ts'
import { runDemo } from '#sandbox/demo/run-demo.ts'

try {
  await runDemo(readDemoArguments(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
