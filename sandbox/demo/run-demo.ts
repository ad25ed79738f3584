// The demo from its first word to its last.
import type { DemoOptions } from './arguments.ts'
import { buildPages } from './build-pages.ts'
import { renewDatabase, startDemoDatabase } from './demo-database.ts'
import { createEnding, type Ending } from './ending.ts'
import { findFreePorts } from './free-ports.ts'
import { playStory } from './play-story.ts'
import { type DemoReport, reportOfDemo } from './report.ts'
import { createScreen, type Screen } from './screen.ts'
import { startWorld, type World } from './start-world.ts'

const logFile = '.data/demo.log'

/** Returns when everything that it started has ended; throws when a part of it failed. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const startedMs = performance.now()
  const ending = createEnding()
  // Standard output is for the report alone where nobody looks.
  const screen = createScreen(options.isHeadless ? process.stderr : process.stdout, options.isHeadless)
  let report: DemoReport | null = null
  try {
    const world = await start(options, screen, ending)
    await Promise.race([world.app.died, playStory(world, { screen, seconds: options.seconds }, ending.signal)])
    if (options.isHeadless && !ending.signal.aborted) report = await reportOfDemo(world, startedMs)
  } catch (error) {
    if (!ending.signal.aborted) throw error
  } finally {
    screen.say('Ending …')
    await ending.run()
  }
  if (report) console.log(JSON.stringify(report))
}

async function start({ rate, port }: DemoOptions, screen: Screen, ending: Ending): Promise<World> {
  await buildPages(screen.say, ending.signal)
  const [app = 0, shopify = 0, sendgrid = 0] = await findFreePorts(port, 3)
  screen.say('Starting PostgreSQL and Tern …')
  const database = await startDemoDatabase(String(app))
  ending.onEnd(database.stop)
  ending.signal.throwIfAborted()
  await renewDatabase(database)
  ending.signal.throwIfAborted()
  return startWorld({ rate, ports: { app, shopify, sendgrid }, database, logFile }, ending)
}
