import { parentPort, workerData } from 'node:worker_threads'
import { fail } from '#shared/model/result.ts'
import { StoreError } from '../../port.ts'
import type { SqliteDatabase } from '../connection.ts'
import { openDatabase } from '../database.ts'
import { storeErrorOf } from '../errors.ts'
import type { StoreReply, StoreRequest, WorkerOptions } from '../messages.ts'

/** What a lane can be asked for, by name. */
export type Operations = Readonly<Record<string, (db: SqliteDatabase, ...values: never[]) => unknown>>

/** The worker thread's side: executes requests one after the other. Database calls block this thread. */
export function serveLane(operations: Operations): void {
  const port = parentPort
  if (!port) throw new Error('a lane is started as a worker')
  let open: SqliteDatabase | null = null

  const serve = (request: StoreRequest): unknown => {
    switch (request.operation) {
      case 'open':
        open ??= openDatabase((workerData as WorkerOptions).directory)
        return undefined
      case 'close':
        open?.close()
        open = null
        return undefined
      default: {
        const operation = operations[request.operation]
        if (!open || !operation) throw new StoreError('failed', `${request.operation} on a closed database`)
        return operation(open, ...(request.values as never[]))
      }
    }
  }

  const answer = (request: StoreRequest): StoreReply => {
    try {
      return { id: request.id, result: { ok: true, value: serve(request) } }
    } catch (error) {
      const { code, message } = storeErrorOf(error)
      return { id: request.id, result: fail(code, message) }
    }
  }

  port.on('message', (request: StoreRequest) => {
    port.postMessage(answer(request), [])
    if (request.operation === 'close') port.close()
  })
}
