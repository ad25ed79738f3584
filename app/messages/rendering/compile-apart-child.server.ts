// The program that `compileApart` starts: reads a template as written, prints what it compiles to.
import { text } from 'node:stream/consumers'
import { compileTemplate } from './compile-template.server.ts'
import { templateSourceSchema } from './template.ts'

const result = await compileTemplate(templateSourceSchema.parse(JSON.parse(await text(process.stdin))))
process.stdout.write(JSON.stringify(result))
