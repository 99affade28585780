import type { Command } from '#shared/model/command.ts'
import { stripCommand } from '#shared/model/command-text.ts'
import type { RandomBytes } from '#shared/model/ids.ts'
import { idFrom } from '#shared/model/ids.ts'
import type { Failure } from '#shared/model/result.ts'
import type { Api, CommandReply } from './api.ts'
import { isUnreachable } from './api.ts'
import type { Signal, Signals } from './signals.ts'
import type { ConnectionStatus } from './status.ts'
import type { DeviceStorage } from './offline/storage.ts'
import type { Timers } from './timers.ts'
import type { Value, Observable } from '#client/observable.ts'
import { createValue } from '#client/observable.ts'

export interface QueuedCommand {
  /** The idempotency key: the server executes the command once, however often it is sent. */
  readonly key: string
  readonly command: Command
  /** Milliseconds since 1970, when the person asked for it. */
  readonly at: number
}

/** A command that was refused after the person stopped waiting for it; shown until dismissed. */
export interface FailedCommand extends QueuedCommand {
  readonly code: string
  readonly message: string
}

/** `queued`: no server could be reached. The command is sent later; if it is refused then, it appears in `failed`. */
export type SendOutcome = CommandReply | { readonly ok: 'queued'; readonly key: string }

export interface QueueOptions {
  readonly api: Pick<Api, 'command'>
  readonly storage: DeviceStorage
  /** Prefix of the storage keys: `deviceName(document, person)`. */
  readonly name: string
  readonly timers: Timers
  readonly signals: Signals
  /** Status of the WebSocket. When it is online again, waiting commands are sent at once. */
  readonly status: Observable<ConnectionStatus>
  readonly randomBytes: RandomBytes
  /**
   * Resolves when the words typed before are on the server, or waiting longer is no use. A command may refer to them.
   */
  readonly settled: () => Promise<void>
}

interface QueuedEntry {
  readonly entry: QueuedCommand
  readonly resolve: (outcome: SendOutcome) => void
}

/** Milliseconds between two tries while the socket is online. Otherwise a try is made whenever the socket makes one. */
const PAUSE = 1_000
/** Tries, with the socket online, before the person is told that the command is queued. */
const TRIES = 4

/**
 * Sends commands to the server over HTTP.
 *
 * Invariants:
 *
 * - Commands are sent in the order in which they were given, one at a time, each until it is answered. The order is
 *   kept over a reload.
 * - A command is stored on the device before it is sent, and removed after its answer was delivered or, if nobody
 *   waits for it any more, its refusal was recorded in `failed`.
 * - A command may be sent several times: by another tab, or again when the socket comes back before an answer has.
 *   Its key makes the server execute it once.
 */
export class CommandQueue {
  readonly queued: Observable<readonly QueuedCommand[]>
  readonly failed: Observable<readonly FailedCommand[]>
  readonly #options: QueueOptions
  readonly #queued: Value<readonly QueuedCommand[]>
  readonly #failed: Value<readonly FailedCommand[]>
  readonly #unsubscribe: readonly (() => void)[]
  #waiting: QueuedEntry[] = []
  #sending = false
  #connection: ConnectionStatus['connection']
  /** Ends the pause between two tries, if there is one. */
  #endPause = () => {}
  /** Stops waiting for the answer to the present request, so that it is sent again. */
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

  /**
   * Queues a command. Resolves with the server's answer, or with `queued` once it is clear that none can be had now.
   */
  run(said: Command): Promise<SendOutcome> {
    const command = stripCommand(said)
    const { timers, randomBytes } = this.#options
    // Strictly increasing, also within a millisecond, because the storage keys are ordered by it.
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

  /** Removes a failed command that the person has seen. */
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
    if (connection === 'offline') this.#resolveAsQueued()
    else this.#endPause()
  }

  /** Sends the queued commands until none is left. Runs at most once at a time. */
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
      if (++tries >= TRIES || this.#connection !== 'online') this.#resolveAsQueued()
      await this.#pause()
    }
    this.#sending = false
  }

  /**
   * The server's answer; null when none came; `again` when the socket came back, so that the request is repeated now.
   */
  #ask({ key, command }: QueuedCommand): Promise<CommandReply | 'again' | null> {
    return new Promise((resolve) => {
      this.#giveUp = () => resolve('again')
      void this.#options.api
        .command(key, command)
        .then((answer) => resolve(isUnreachable(answer) ? null : answer))
    })
  }

  /** Waits before the next try: a fixed time while online, otherwise until the socket or a signal ends the pause. */
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
    // Nobody waits for this answer any more, so record a refusal before the entry is deleted.
    if (!asked && !answer.ok) this.#fail(entry, answer)
    this.#options.storage.delete(this.#keyOf('command', entry))
    this.#queued.set(this.#queued.get().filter((queued) => queued !== entry))
    asked?.resolve(answer)
  }

  #fail(entry: QueuedCommand, { code, message }: Failure): void {
    const failed: FailedCommand = { ...entry, code, message }
    this.#options.storage.set(this.#keyOf('failed', entry), JSON.stringify(failed))
    this.#failed.set([...this.#failed.get(), failed])
  }

  /** Tells everybody who waits for an answer that their command is queued. */
  #resolveAsQueued(): void {
    for (const { entry, resolve } of this.#waiting) resolve({ ok: 'queued', key: entry.key })
    this.#waiting = []
  }

  /** The storage key. It begins with the time, so that sorted keys give the order in which commands were given. */
  #keyOf(kind: 'command' | 'failed', entry: QueuedCommand): string {
    return `${this.#options.name}/${kind}/${String(entry.at).padStart(15, '0')}/${entry.key}`
  }

  #read(kind: 'command' | 'failed'): readonly unknown[] {
    const { storage, name } = this.#options
    return storage.keys(`${name}/${kind}/`).flatMap((key) => {
      try {
        return [JSON.parse(storage.get(key) ?? '') as unknown]
      } catch {
        storage.delete(key)
        return []
      }
    })
  }
}
