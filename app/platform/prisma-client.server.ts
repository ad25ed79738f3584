// Prisma over the pool that everything else uses, so that one number bounds the connections of a process.
import { PrismaPg } from '@prisma/adapter-pg'
import type { Database } from '#app/platform/database.server.ts'
import { PrismaClient } from '#app/platform/prisma/client.ts'

export function createPrismaClient(db: Database): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(db.pool) })
}
