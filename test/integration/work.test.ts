import { threadId } from 'node:worker_threads'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Lane, type LaneOptions } from '#server/work/lane.ts'
import type { BackgroundWorkOptions } from '#server/work/background-work.ts'
import { openBackgroundWork } from '#server/work/background-work.ts'
import { openGate, type Stubborn } from '#test/kit/stubborn-thread.ts'

const module = new URL('../kit/stubborn-thread.ts', import.meta.url)

function openLane(options: Partial<LaneOptions> = {}) {
  const lane = new Lane({ module, ...options })
  onTestFinished(() => lane.close())
  return (asked: Stubborn, payer = 'a') => lane.run('encode', asked, payer)
}

const newGate = () => new SharedArrayBuffer(4)

describe('a lane of work', () => {
  it('runs in a thread of its own, while this one goes on', async () => {
    const run = openLane()
    const gate = newGate()
    const held = run({ gate })
    const turn = new Promise((resolve) => setImmediate(resolve, 'went on'))
    expect(await Promise.race([held, turn])).toBe('went on')
    openGate(gate)
    const outcome = await held
    expect(outcome).toMatchObject({ ok: true })
    expect(outcome).not.toEqual({ ok: true, value: threadId })
  })

  it('lets payers take turns', async () => {
    const run = openLane()
    const gate = newGate()
    const order: string[] = []
    const note = (name: string) => () => order.push(name)
    const jobs = [
      run({ gate }, 'a').then(note('a1')),
      run({}, 'a').then(note('a2')),
      run({}, 'a').then(note('a3')),
      run({}, 'b').then(note('b1')),
    ]
    openGate(gate)
    await Promise.all(jobs)
    expect(order.indexOf('b1')).toBeLessThan(order.indexOf('a3'))
  })

  it('refuses what is too much of one payer, and of no other', async () => {
    const run = openLane({ waiting: 2 })
    const gate = newGate()
    const jobs = [run({ gate }), run({}), run({})]
    expect(await run({})).toMatchObject({ ok: false, code: 'busy' })
    const other = run({}, 'b')
    openGate(gate)
    for (const job of [...jobs, other]) expect(await job).toMatchObject({ ok: true })
  })

  it('gives up what takes too long, and does what waited behind it', async () => {
    const run = openLane({ patience: 50 })
    const late = run({ gate: newGate() })
    expect(await late).toMatchObject({ ok: false, code: 'timed-out' })
  })

  it('waits longer for a thread that the machine gives no time, but not for ever', async () => {
    const run = openLane({ patience: 50 })
    await run({})
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const gate = newGate()
    const outcomes: unknown[] = []
    const starved = run({ idle: gate }).then((outcome) => outcomes.push(outcome))
    for (let i = 0; i < 30; i++) await pass(10)
    expect(outcomes).toEqual([])
    openGate(gate)
    await starved
    const stuck = run({ idle: newGate() }).then((outcome) => outcomes.push(outcome))
    for (let i = 0; i < 10_000 && outcomes.length < 2; i++) await pass(10)
    await stuck
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, code: 'timed-out' }])
  })

  it('survives a thread that ends', async () => {
    const run = openLane()
    const [dead, behind] = [run({ die: true }), run({})]
    expect(await dead).toMatchObject({ ok: false, code: 'failed' })
    expect(await behind).toMatchObject({ ok: true })
  })
})

/** So much of the fake time passes, and what other threads have said meanwhile is heard. */
async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds)
  await new Promise((resolve) => setImmediate(resolve))
}

function open(options: BackgroundWorkOptions = {}) {
  const work = openBackgroundWork(options)
  onTestFinished(() => work.close())
  return work
}

const importing = (value: unknown) => ({ body: Buffer.from(JSON.stringify(value)), now: 0 })

describe('the jobs', () => {
  it('an import is read from the body of its request', async () => {
    const work = open()
    const file = Buffer.from('1. We begin.\n2. We end.').toString('base64')
    const made = await work.run('import', importing({ from: 'somewhere', title: 'A draft', file }), 'a')
    expect(made).toMatchObject({
      ok: true,
      value: { ok: true, title: 'A draft', request: { from: 'somewhere' } },
    })
    const refused = await Promise.all([
      work.run('import', { body: Buffer.from('{"file"'), now: 0 }, 'a'),
      work.run('import', importing({ file: '***' }), 'a'),
      work.run('import', importing({ file: Buffer.from('Just a line.').toString('base64') }), 'a'),
    ])
    expect(refused.map((outcome) => outcome.ok && !outcome.value.ok && outcome.value.code)).toEqual([
      'not-json',
      'not-base64',
      'no-draft',
    ])
  })

  it('say what they were given up for', async () => {
    const told: string[] = []
    const work = open({ module, patience: 50, report: (message) => told.push(message) })
    const asked = { whole: new Uint8Array(), tail: [], gate: newGate() }
    expect(await work.run('encode', asked, 'a')).toMatchObject({ ok: false, code: 'timed-out' })
    expect(told).toEqual(['encode: It took too long.'])
  })
})
