import type { Command } from '#shared/model/command.ts'
import { stripCommand } from '#shared/model/command-text.ts'
import type { RandomBytes } from '#shared/model/ids.ts'
import { idFrom } from '#shared/model/ids.ts'
import type { Api, CommandReply } from './api.ts'
import { isUnreachable } from './api.ts'
import type { Signal, Signals } from './signals.ts'
import type { ConnectionStatus } from './status.ts'
import type { DeviceStorage } from './storage.ts'
import type { Timers } from './timers.ts'
import type { Value, Watched } from './watched.ts'
import { createValue } from './watched.ts'

export interface QueuedCommand {
  /** The idempotency key: however often it is sent, it is executed once. */
  readonly key: string
  readonly command: Command
  /** Milliseconds since 1970, when the person asked for it. */
  readonly at: number
}

/** A command that could not be carried out, to be told to the person until she dismisses it. */
export interface FailedCommand extends QueuedCommand {
  readonly code: string
  readonly message: string
}

/** `queued`: no server could be reached; it will be sent when one can, and a refusal shows in `failed`. */
export type SendOutcome = CommandReply | { readonly ok: 'queued'; readonly key: string }

export interface QueueOptions {
  readonly api: Pick<Api, 'command'>
  readonly storage: DeviceStorage
  /** deviceName(document, person) */
  readonly name: string
  readonly timers: Timers
  readonly signals: Signals
  /** Of the socket: when it is there again, what waits is sent at once. */
  readonly status: Watched<ConnectionStatus>
  readonly randomBytes: RandomBytes
  /** Resolves when what was written before may be taken to be on the server: a command may be about it. */
  readonly settled: () => Promise<void>
}

interface QueuedEntry {
  readonly entry: QueuedCommand
  readonly resolve: (outcome: SendOutcome) => void
}

/** Between two tries while the socket is there, in milliseconds. Without it, each of the socket's own tries is one. */
const PAUSE = 1_000
/** So often it is tried, with the socket there, before the person is told that her command waits. */
const TRIES = 4

/**
 * Commands in the order in which they were given, one at a time, each until it is answered. Every entry is kept on
 * the device under a key of its own before it is sent; a second tab may send it too, and an answer that does not come
 * is not waited for once the socket is back: the idempotency key sees to it that a command is executed once.
 */
export class CommandQueue {
  readonly queued: Watched<readonly QueuedCommand[]>
  readonly failed: Watched<readonly FailedCommand[]>
  readonly #options: QueueOptions
  readonly #queued: Value<readonly QueuedCommand[]>
  readonly #failed: Value<readonly FailedCommand[]>
  readonly #unsubscribe: readonly (() => void)[]
  #waiting: QueuedEntry[] = []
  #sending = false
  #connection: ConnectionStatus['connection']
  /** Ends the pause between two tries. */
  #endPause = () => {}
  /** Gives up waiting for an answer. */
  #giveUp = () => {}
  #disposed = false

  constructor(options: QueueOptions) {
    this.#options = options
    this.#queued = createValue(this.#read('command') as readonly QueuedCommand[])
    this.#failed = createValue(this.#read('failed') as readonly FailedCommand[])
    this.queued = this.#queued
    this.failed = this.#failed
    this.#connection = options.status.get().connection
    const onSignal = (signal: Signal) => {
      if (signal !== 'offline') this.#endPause()
    }
    this.#unsubscribe = [
      options.signals.subscribe(onSignal),
      options.status.subscribe(() => this.#onConnection(options.status.get().connection)),
    ]
    void this.#drain()
  }

  /** Resolves with the server's answer, or with `queued` as soon as it is plain that none can be had now. */
  run(said: Command): Promise<SendOutcome> {
    const command = stripCommand(said)
    const { timers, randomBytes } = this.#options
    // Rising even within a millisecond: it is what keeps the order over a reload.
    const at = Math.max(timers.now(), (this.#queued.get().at(-1)?.at ?? 0) + 1)
    const entry: QueuedCommand = { key: idFrom(randomBytes(16)), command, at }
    this.#options.storage.set(this.#keyOf('command', entry), JSON.stringify(entry))
    this.#queued.set([...this.#queued.get(), entry])
    return new Promise((resolve) => {
      this.#waiting.push({ entry, resolve })
      this.#endPause()
      void this.#drain()
    })
  }

  dismissFailed(key: string): void {
    const entry = this.#failed.get().find((failed) => failed.key === key)
    if (!entry) return
    this.#options.storage.delete(this.#keyOf('failed', entry))
    this.#failed.set(this.#failed.get().filter((failed) => failed !== entry))
  }

  dispose(): void {
    this.#disposed = true
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#endPause()
  }

  #onConnection(connection: ConnectionStatus['connection']): void {
    if (connection === this.#connection) return
    this.#connection = connection
    // A request on the line that broke may never be answered.
    if (connection === 'online') this.#giveUp()
    if (connection === 'offline') this.#sayWaiting()
    else this.#endPause()
  }

  async #drain(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    let tries = 0
    while (!this.#disposed) {
      const [first] = this.#queued.get()
      if (!first) break
      await this.#options.settled()
      const answer = this.#disposed ? null : await this.#ask(first)
      if (answer === 'again') continue
      if (answer) {
        tries = 0
        this.#answered(first, answer)
        continue
      }
      if (++tries >= TRIES || this.#connection !== 'online') this.#sayWaiting()
      await this.#pause()
    }
    this.#sending = false
  }

  /** Null: no answer was to be had; `again`: the socket is back, and it is worth asking at once. */
  #ask({ key, command }: QueuedCommand): Promise<CommandReply | 'again' | null> {
    return new Promise((resolve) => {
      this.#giveUp = () => resolve('again')
      void this.#options.api
        .command(key, command)
        .then((answer) => resolve(isUnreachable(answer) ? null : answer))
    })
  }

  #pause(): Promise<void> {
    if (this.#disposed) return Promise.resolve()
    return new Promise((resolve) => {
      const away = this.#connection === 'offline' || this.#connection === 'connecting'
      const cancel = away ? () => {} : this.#options.timers.after(PAUSE, () => this.#endPause())
      this.#endPause = () => {
        this.#endPause = () => {}
        cancel()
        resolve()
      }
    })
  }

  #answered(entry: QueuedCommand, answer: CommandReply): void {
    const asked = this.#waiting.find((waiting) => waiting.entry === entry)
    this.#waiting = this.#waiting.filter((waiting) => waiting !== asked)
    // Nobody waits for this answer any more: it must be told in another way, before the entry is forgotten.
    if (!asked && !answer.ok) this.#fail(entry, answer)
    this.#options.storage.delete(this.#keyOf('command', entry))
    this.#queued.set(this.#queued.get().filter((queued) => queued !== entry))
    asked?.resolve(answer)
  }

  #fail(entry: QueuedCommand, { code, message }: Exclude<CommandReply, { ok: true }>): void {
    const failed: FailedCommand = { ...entry, code, message }
    this.#options.storage.set(this.#keyOf('failed', entry), JSON.stringify(failed))
    this.#failed.set([...this.#failed.get(), failed])
  }

  #sayWaiting(): void {
    for (const { entry, resolve } of this.#waiting) resolve({ ok: 'queued', key: entry.key })
    this.#waiting = []
  }

  /** Sorts by time first, so that a reload finds the order in which they were given. */
  #keyOf(drawer: 'command' | 'failed', entry: QueuedCommand): string {
    return `${this.#options.name}/${drawer}/${String(entry.at).padStart(15, '0')}/${entry.key}`
  }

  #read(drawer: 'command' | 'failed'): readonly unknown[] {
    const { storage, name } = this.#options
    return storage.keys(`${name}/${drawer}/`).flatMap((key) => {
      try {
        return [JSON.parse(storage.get(key) ?? '') as unknown]
      } catch {
        storage.delete(key)
        return []
      }
    })
  }
}
