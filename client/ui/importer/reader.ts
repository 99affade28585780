import { fail, type Failure } from '#shared/model/result.ts'
import type { FromReader, ReadAsked, Reading, ToReader } from './messages.ts'

/** What a reader tells. */
export interface ReaderListener {
  /** `done`: from 0 to 1. */
  readonly onProgress: (done: number) => void
  readonly onOpened: (hash: string, lines: readonly string[]) => void
  readonly onRead: (reading: Reading) => void
  readonly onFailed: (failure: Failure) => void
}

/** Reads texts in a worker. Of what was asked only the answer to the last question is told. */
export interface Reader {
  open(bytes: Uint8Array, asked: ReadAsked): void
  /** Reads the opened text with other answers. */
  read(asked: ReadAsked): void
}

const NO_WORKER = fail(
  'no-worker',
  'The part of the program that reads texts could not be loaded. Try again when the connection is back.',
)

export function createReader(listener: ReaderListener): Reader {
  let worker: Worker | null = null
  let last = 0
  const start = (): Worker => {
    const made = new Worker(new URL('./reading.worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', ({ data }: MessageEvent<FromReader>) => hear(data))
    made.addEventListener('error', () => {
      made.terminate()
      worker = null
      listener.onFailed(NO_WORKER)
    })
    return made
  }
  const send = (message: ToReader): void => {
    worker ??= start()
    worker.postMessage(message, [])
  }
  const hear = (message: FromReader): void => {
    if (message.id !== last) return
    switch (message.kind) {
      case 'progress':
        return listener.onProgress(message.done)
      case 'opened':
        return listener.onOpened(message.hash, message.lines)
      case 'read':
        return listener.onRead(message.reading)
      case 'failed':
        return listener.onFailed(message.failure)
    }
  }
  return {
    open: (bytes, asked) => send({ kind: 'open', id: ++last, bytes, asked }),
    read: (asked) => send({ kind: 'read', id: ++last, asked }),
  }
}
