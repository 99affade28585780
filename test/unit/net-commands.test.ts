import { expect, test } from 'vitest'
import type { CommandReply } from '#client/net/api.ts'
import { CommandQueue } from '#client/net/command-queue.ts'
import type { SendOutcome } from '#client/net/command-queue.ts'
import { settled, SETTLE_LIMIT } from '#client/net/settled.ts'
import type { ConnectionStatus } from '#client/net/status.ts'
import { createValue } from '#client/observable.ts'
import type { Command } from '#shared/model/command.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import { turn } from '#test/kit/fake-desk.ts'
import { FakeTime } from '#test/kit/fake-time.ts'
import { FakeSignals } from '#test/kit/fake-wire.ts'
import { FakeDisk } from '#test/kit/memory-store.ts'
import { Random } from '#test/kit/random.ts'

const DONE = { ok: true, affected: [] } as const
const UNREACHABLE = { ok: false, code: 'unreachable', message: '' } as const
const REFUSED = { ok: false, code: 'already-decided', message: 'Ana has decided it.' } as const

const withdraw = (id: string): Command => ({ kind: 'proposal-withdraw', proposal: id as ProposalId })
const subject = (command: Command): string => ('proposal' in command ? command.proposal : command.kind)

/** A browser whose server answers as told. */
class Browser {
  readonly disk = new FakeDisk()
  readonly time = new FakeTime()
  readonly signals = new FakeSignals()
  readonly status = createValue<ConnectionStatus>({ connection: 'online', unsaved: false })
  readonly sent: { key: string; about: string }[] = []
  readonly #random = new Random(1)
  answer: (command: Command, key: string) => CommandReply | Promise<CommandReply> = () => DONE
  queue = this.#open()

  say(connection: ConnectionStatus['connection']): void {
    this.status.set({ connection, unsaved: false })
  }

  reload(): void {
    this.queue.dispose()
    this.queue = this.#open()
  }

  #open(): CommandQueue {
    return new CommandQueue({
      api: {
        command: (key, command) => {
          this.sent.push({ key, about: subject(command) })
          return Promise.resolve(this.answer(command, key))
        },
      },
      storage: this.disk.storage,
      name: 'informals/d/p',
      timers: this.time,
      signals: this.signals,
      randomBytes: (length) => this.#random.bytes(length),
      status: this.status,
      settled: () => Promise.resolve(),
    })
  }
}

test('a command is answered, and nothing is left of it', async () => {
  const browser = new Browser()
  expect(await browser.queue.run(withdraw('q1'))).toEqual(DONE)
  browser.answer = () => REFUSED
  expect(await browser.queue.run(withdraw('q2'))).toEqual(REFUSED)
  expect(browser.queue.failed.get()).toEqual([])
  expect(browser.disk.texts.size).toBe(0)
})

test('while no server answers, commands are kept, and sent in their order when one does', async () => {
  const browser = new Browser()
  browser.say('offline')
  browser.answer = () => UNREACHABLE
  const outcomes: Promise<SendOutcome>[] = ['q1', 'q2', 'q3'].map((id) => browser.queue.run(withdraw(id)))
  for (const outcome of await Promise.all(outcomes)) expect(outcome.ok).toBe('queued')
  expect(browser.queue.queued.get().map(({ command }) => subject(command))).toEqual(['q1', 'q2', 'q3'])
  const [{ key } = { key: '' }] = browser.sent

  browser.reload()
  await turn()
  browser.sent.length = 0
  browser.answer = () => DONE
  browser.signals.say('online')
  await turn()
  await turn()
  expect(browser.sent.map(({ about }) => about)).toEqual(['q1', 'q2', 'q3'])
  expect(browser.sent[0]?.key).toBe(key)
  expect(browser.queue.queued.get()).toEqual([])
  expect(browser.disk.texts.size).toBe(0)
})

test('a queued command that is refused later is told, over reloads, until it is dismissed', async () => {
  const browser = new Browser()
  browser.say('offline')
  browser.answer = () => UNREACHABLE
  await browser.queue.run(withdraw('q1'))
  browser.answer = () => REFUSED
  browser.say('online')
  await turn()
  expect(browser.queue.failed.get()).toMatchObject([{ code: 'already-decided', command: withdraw('q1') }])
  browser.reload()
  const [failed] = browser.queue.failed.get()
  expect(failed).toMatchObject({ code: 'already-decided', command: withdraw('q1') })
  browser.queue.dismissFailed(failed?.key ?? '')
  browser.reload()
  expect(browser.queue.failed.get()).toEqual([])
  expect(browser.disk.texts.size).toBe(0)
})

test('14.17 what waits goes on as soon as the socket is back, however long it was away, and is counted until then', async () => {
  const browser = new Browser()
  browser.answer = () => UNREACHABLE
  browser.say('offline')
  expect((await browser.queue.run(withdraw('q1'))).ok).toBe('queued')
  for (let minutes = 0; minutes < 30; minutes++) browser.time.advance(60_000)
  await turn()
  expect(browser.time.pending).toBe(0)
  expect(browser.sent).toHaveLength(1)
  expect(browser.queue.queued.get()).toHaveLength(1)
  browser.answer = () => DONE
  browser.say('online')
  await turn()
  expect(browser.sent).toHaveLength(2)
  expect(browser.queue.queued.get()).toEqual([])
})

test('14.17 an answer that the line has lost is not waited for once the socket is back', async () => {
  const browser = new Browser()
  browser.answer = () => new Promise<CommandReply>(() => {})
  const outcome = browser.queue.run(withdraw('q1'))
  await turn()
  browser.say('offline')
  expect((await outcome).ok).toBe('queued')
  browser.answer = () => DONE
  browser.say('online')
  await turn()
  await turn()
  expect(new Set(browser.sent.map(({ key }) => key)).size).toBe(1)
  expect(browser.queue.queued.get()).toEqual([])
})

test('with the socket there an unanswered command is tried again, at even pauses', async () => {
  const browser = new Browser()
  let tries = 0
  browser.answer = () => (++tries < 3 ? UNREACHABLE : DONE)
  const outcome = browser.queue.run(withdraw('q1'))
  for (let i = 0; i < 2; i++) {
    await turn()
    browser.time.advance(1_000)
  }
  expect(await outcome).toEqual(DONE)
  expect(tries).toBe(3)
})

test('a queue that was closed leaves nothing behind', async () => {
  const browser = new Browser()
  browser.answer = () => UNREACHABLE
  void browser.queue.run(withdraw('q1'))
  await turn()
  browser.queue.dispose()
  expect(browser.time.pending).toBe(0)
  expect(browser.signals.listeners).toBe(0)
})

test('a command waits for the words before it, but not for ever', async () => {
  const time = new FakeTime()
  const status = createValue<ConnectionStatus>({ connection: 'online', unsaved: true })
  let went = 0
  const wait = (): void => void settled(status, time).then(() => went++)
  wait()
  await turn()
  expect(went).toBe(0)
  status.set({ connection: 'online', unsaved: false })
  await turn()
  expect(went).toBe(1)
  wait()
  await turn()
  expect(went).toBe(2)
  status.set({ connection: 'offline', unsaved: true })
  wait()
  time.advance(SETTLE_LIMIT)
  await turn()
  expect(went).toBe(3)
  expect(time.pending).toBe(0)
})
