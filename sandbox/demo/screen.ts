// Where the demo speaks: a terminal whose last lines are redrawn in place, or anything else, line by line.
import type { WriteStream } from 'node:tty'
import { type Moment, summaryLine, summaryLines } from './summary.ts'

export interface Screen {
  say(line: string): void
  show(moment: Moment): void
  /** How often a new summary is wanted. */
  everyMs: number
}

/** Redraws only where a person looks; a log gets a line now and then. */
export function createScreen(output: NodeJS.WriteStream, isHeadless: boolean): Screen {
  return output.isTTY && !isHeadless ? terminalScreen(output) : lineScreen(output)
}

function lineScreen(output: NodeJS.WritableStream): Screen {
  const say = (line: string) => void output.write(`${line}\n`)
  return { say, show: (moment) => say(summaryLine(moment)), everyMs: 5_000 }
}

const sequence = '\u001b['

function terminalScreen(output: WriteStream): Screen {
  let shown = 0
  const back = () => (shown > 0 ? `${sequence}${shown}F${sequence}J` : '')
  return {
    say(line) {
      output.write(`${back()}${line}\n`)
      shown = 0
    },
    show(moment) {
      const lines = summaryLines(moment)
        .slice(0, output.rows - 1)
        .map((line) => cut(line, output.columns - 1))
      output.write(`${back()}${lines.join('\n')}\n`)
      shown = lines.length
    },
    everyMs: 1_000,
  }
}

/** A line that wrapped would be two, and the redrawing off by one. */
function cut(line: string, width: number): string {
  const characters = [...line]
  return characters.length <= width ? line : `${characters.slice(0, width - 1).join('')}…`
}
