import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HeadlessClient } from '#test/kit/client.ts'
import { proposeInsertion, typeInto } from '#test/kit/proposing.ts'
import { Random } from '#test/kit/random.ts'
import type { ProposalId } from '#shared/model/ids.ts'
import type { Delay } from './doors-probe.ts'

// node test/bench/doors.ts [SECONDS] [COMMIT|none] [LOAD,…]: how long an honest pair waits for each other's keys while somebody else
// loads the server, in eight ways; beside it the same of an earlier commit, on the same machine in the same hour. `loop`:
// longest delay of the server's event loop; `turn`: most of its own work at a time, and `busy`: of a second, both in
// processor time, which a busy machine does not change.

const ROOT = join(import.meta.dirname, '../..')
const seconds = Number(process.argv[2] ?? 8)
const before = process.argv[3] ?? 'eebeccc'
const loads = process.argv[4]?.split(',') ?? [
  'joins',
  'bodies',
  'garbage',
  'replays',
  'dribble',
  'links',
  'reads',
  'imports',
]
const SIZE = ['450', '2000', '6']
/** As in the script `start` of package.json. */
const AS_STARTED = ['--max-semi-space-size=4']
const READY_WITHIN = 60_000
const READY = /^Informals is ready at (\S+)$/m

interface Figures {
  /** Milliseconds from a key to the other's screen, of each key. */
  readonly waits: readonly number[]
  readonly loop: Delay
  /** How much the load did. */
  readonly did: string
}

/** One version of the server, with data of its own. */
class Tree {
  readonly #root: string
  readonly #data = mkdtempSync(join(tmpdir(), 'informals-doors-'))
  #server: ChildProcess | null = null
  url = ''
  document = ''
  readonly tokens = new Map<string, string>()

  constructor(root: string) {
    this.#root = root
  }

  async open(): Promise<void> {
    const environment = { ...process.env, DATA_DIR: this.#data, PORT: '0', LOG_LEVEL: 'silent' }
    const settings = { cwd: this.#root, env: environment }
    const printed = execFileSync(process.execPath, ['test/bench/generate.ts', ...SIZE], {
      ...settings,
      encoding: 'utf8',
    })
    for (const [, role = '', link = ''] of printed.matchAll(/^(\S+ \S*) ?(http\S+)$/gm))
      this.tokens.set(role.trim(), link.split('/').at(-1) ?? '')
    const probe = join(ROOT, 'test/bench/doors-probe.ts')
    const server = spawn(process.execPath, [...AS_STARTED, '--import', probe, 'server/cli.ts', 'serve'], {
      ...settings,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    this.#server = server
    let out = ''
    for await (const chunk of server.stdout!) {
      out += String(chunk)
      const url = READY.exec(out)?.[1]
      if (url) this.url = url
      if (url) break
    }
    const followed = await fetch(`${this.url}/i/${this.tokens.get('observer')}`, { redirect: 'manual' })
    this.document = /\/d\/([^?]+)/.exec(followed.headers.get('location') ?? '')?.[1] ?? ''
  }

  async delay(): Promise<Delay> {
    this.#server?.send('delay')
    const [told] = (await once(this.#server!, 'message')) as [Delay]
    return told
  }

  close(): void {
    this.#server?.kill('SIGKILL')
    rmSync(this.#data, { recursive: true, force: true })
  }
}

/** Somebody types, twenty keys a second, and somebody else watches. */
class Pair {
  readonly #tree: Tree
  /** When a proposal was made; undefined where the server says so. */
  readonly #made: number | undefined
  #editor: HeadlessClient | null = null
  #watcher: HeadlessClient | null = null

  constructor(tree: Tree, made: number | undefined) {
    this.#tree = tree
    this.#made = made
  }

  /** Both are there, and a proposal of the one has come to the other. */
  async ready(): Promise<ProposalId> {
    const { editor, watcher } = await this.#open()
    const random = new Random(Date.now())
    const id = proposeInsertion(editor.od, editor.actor!, 3, '', (n) => random.bytes(n), this.#made)
    for (const end = Date.now() + READY_WITHIN; !watcher.od.proposals.has(id); await delay(10))
      if (Date.now() > end)
        throw new Error(`no proposal came: ${editor.refusal?.message ?? editor.closeCode}`)
    return id
  }

  /** Keys that had not come by the end count for as long as they were waited for. */
  async type(id: ProposalId, until: () => boolean): Promise<number[]> {
    const waits: number[] = []
    const pending = new Map<number, number>()
    const { editor, watcher } = await this.#open()
    const seen = () => {
      const length = watcher.od.proposals.get(id)?.get('content')?.toString().length ?? 0
      for (const [nth, at] of pending)
        if (nth <= length && pending.delete(nth)) waits.push(performance.now() - at)
    }
    watcher.od.doc.on('update', seen)
    for (let nth = 1; !until(); nth++) {
      pending.set(nth, performance.now())
      if (editor.open) typeInto(editor.od, id, 'x')
      await delay(50)
    }
    for (let i = 0; i < 50 && pending.size > 0; i++) await delay(100)
    watcher.od.doc.off('update', seen)
    for (const at of pending.values()) waits.push(performance.now() - at)
    return waits
  }

  async #open(): Promise<{ editor: HeadlessClient; watcher: HeadlessClient }> {
    const { url, document, tokens } = this.#tree
    if (!this.#editor?.open) this.#editor = await joined(tokens.get('delegation KEN') ?? '', url, document)
    if (!this.#watcher?.open) this.#watcher = await joined(tokens.get('delegation EU') ?? '', url, document)
    return { editor: this.#editor, watcher: this.#watcher }
  }
}

async function joined(token: string, url: string, document: string): Promise<HeadlessClient> {
  const client = new HeadlessClient(token)
  await client.connect(url, document)
  return client
}

async function under(tree: Tree, pair: Pair, load: string | null): Promise<Figures> {
  await delay(1_000)
  const id = await pair.ready()
  await tree.delay()
  const end = Date.now() + seconds * 1000
  const tokens = [tree.tokens.get('observer') ?? '', tree.tokens.get('facilitator') ?? '']
  let did = ''
  const words = ['test/bench/doors-load.ts', load ?? '', String(seconds), tree.url, tree.document, ...tokens]
  const child = load
    ? spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] })
    : null
  child?.stdout.on('data', (chunk) => (did += String(chunk)))
  const waits = await pair.type(id, () => Date.now() > end)
  child?.kill('SIGKILL')
  return { waits, loop: await tree.delay(), did: did.trim() }
}

async function measure(root: string, made?: number): Promise<Map<string, Figures>> {
  const tree = new Tree(root)
  try {
    await tree.open()
    const pair = new Pair(tree, made)
    const figures = new Map<string, Figures>()
    for (const load of ['quiet', ...loads]) {
      figures.set(load, await under(tree, pair, load === 'quiet' ? null : load))
      console.error(`${load}: ${row(figures.get(load)!).join(' ')} (load ${loadavg()[0]?.toFixed(1)})`)
    }
    return figures
  } finally {
    tree.close()
  }
}

const at = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ??
  Number.NaN
const shown = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))
const row = ({ waits, loop }: Figures): string[] =>
  [at(waits, 0.5), at(waits, 0.99), at(waits, 1), loop.max, loop.turn, loop.share].map(shown)

function print(earlier: Map<string, Figures>, now: Map<string, Figures>): void {
  const heads = ['p50', 'p99', 'longest', 'loop', 'turn', 'busy']
  const lines = [
    [
      'milliseconds',
      ...heads.map((head) => `${head} then`),
      ...heads.map((head) => `${head} now`),
      'p99 × quiet',
    ],
    ...['quiet', ...loads].map((load) => {
      const [then, here] = [earlier.get(load), now.get(load)]
      const ratio = at(here?.waits ?? [], 0.99) / at(now.get('quiet')?.waits ?? [], 0.99)
      return [load, ...(then ? row(then) : heads.map(() => '')), ...(here ? row(here) : []), shown(ratio)]
    }),
  ]
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  for (const line of lines) console.log(line.map((cell, i) => cell.padStart(widths[i]!)).join('  '))
}

/** The project as it was at a commit. */
function checkOut(commit: string): string {
  const place = mkdtempSync(join(tmpdir(), 'informals-before-'))
  execFileSync('git', ['clone', '--quiet', '--shared', ROOT, place])
  execFileSync('git', ['checkout', '--quiet', commit], { cwd: place })
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'))
  return place
}

console.log(
  `${SIZE.join(', ')} paragraphs, proposals, positions; ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}`,
)
const place = before === 'none' ? null : checkOut(before)
try {
  const earlier = place ? await measure(place, 1) : new Map<string, Figures>()
  print(earlier, await measure(ROOT))
} finally {
  if (place) rmSync(place, { recursive: true, force: true })
}
process.exit(0)
