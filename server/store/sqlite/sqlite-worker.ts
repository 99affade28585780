import { parentPort, workerData } from 'node:worker_threads'
import { fail } from '#shared/model/result.ts'
import { StoreError } from '../port.ts'
import * as access from './tables/access.ts'
import type { SqliteDatabase } from './connection.ts'
import { openDatabase } from './database.ts'
import { storeErrorOf } from './errors.ts'
import * as log from './tables/log.ts'
import type { StoreReply, StoreRequest, WorkerOptions } from './messages.ts'
import { backup } from './backup.ts'
import { load } from './tables/load.ts'
import * as looks from './tables/looks.ts'
import * as settings from './tables/settings.ts'
import { takeSnapshot } from './tables/snapshots.ts'
import { textAt } from './tables/texts.ts'
import { heads, verify } from '../verify/verify.ts'

/** The worker thread's side: executes requests one after the other. Database calls block this thread. */

const OPERATIONS: Record<string, (db: SqliteDatabase, ...values: never[]) => unknown> = {
  createDocument: log.createDocument,
  documents: log.listDocuments,
  document: log.findDocument,
  load,
  append: log.append,
  dueDocuments: log.dueDocuments,
  outcomes: log.outcomes,
  rows: log.rows,
  recentUpdates: log.recentUpdates,
  textAt,
  snapshot: takeSnapshot,
  verify,
  heads,
  backup,
  secret: settings.secret,
  adoptSecret: settings.adoptSecret,
  probe: settings.probe,
  addInvitation: access.addInvitation,
  invitations: access.listInvitations,
  invitationByToken: access.invitationByToken,
  revokeInvitation: access.revokeInvitation,
  endedInvitations: access.endedInvitations,
  noteFollowed: access.noteFollowed,
  addVisit: access.addVisit,
  visitByToken: access.visitByToken,
  nameVisit: access.nameVisit,
  endVisit: access.endVisit,
  sweepVisits: access.sweepVisits,
  looked: looks.looked,
  look: looks.look,
}

const port = parentPort
if (!port) throw new Error('sqlite-worker.ts is started as a worker')

let open: SqliteDatabase | null = null

function serve(request: StoreRequest): unknown {
  switch (request.operation) {
    case 'open':
      open ??= openDatabase((workerData as WorkerOptions).directory)
      return undefined
    case 'close':
      open?.close()
      open = null
      return undefined
    default: {
      const operation = OPERATIONS[request.operation]
      if (!open || !operation) throw new StoreError('failed', `${request.operation} on a closed database`)
      return operation(open, ...(request.values as never[]))
    }
  }
}

port.on('message', (request: StoreRequest) => {
  port.postMessage(answer(request), [])
  if (request.operation === 'close') port.close()
})

function answer(request: StoreRequest): StoreReply {
  try {
    return { id: request.id, result: { ok: true, value: serve(request) } }
  } catch (error) {
    const { code, message } = storeErrorOf(error)
    return { id: request.id, result: fail(code, message) }
  }
}
