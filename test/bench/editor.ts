import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { openBrowser } from '#test/kit/browser.ts'
import type { Size } from '#test/kit/big-document.ts'
import type { BenchPage, Spans, Where } from './editor-page.ts'

// node test/bench/editor.ts [paragraphs] [proposals] [positions]: what a keystroke costs, beside ProseMirror alone, in one run.

declare global {
  var bench: BenchPage
}

interface Row {
  readonly name: string
  readonly view: number
  readonly nodes: number
  readonly spans: Spans
  readonly remote?: { readonly same: readonly number[]; readonly elsewhere: readonly number[] }
}

const ROOT = join(import.meta.dirname, '../..')
const STYLES = ['tokens', 'tones', 'base', 'document']
const ADDRESS = 'http://bench.invalid/'
const KEYS = 150
const BRACKETS = 60
const REMOTE = 150

const size: Size = {
  paragraphs: Number(process.argv[2] ?? 300),
  proposals: Number(process.argv[3] ?? 3_000),
  positions: Number(process.argv[4] ?? 0),
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      lib: { entry: join(ROOT, 'test/bench/editor-page.ts'), formats: ['es'] },
    },
  })
  const output = Array.isArray(built) ? built[0] : built
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error('nothing was built')
  return chunk.code
}

function html(): string {
  const styles = STYLES.map((name) => readFileSync(join(ROOT, `client/ui/styles/${name}.css`), 'utf8'))
  return `<!doctype html><meta charset="utf-8"><style>${styles.join('\n')} #place{max-inline-size:42rem;margin:4rem auto}</style><main id="place"></main><script type="module" src="page.js"></script>`
}

async function openPage(browser: Browser, code: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.on('pageerror', (error) => console.error(error))
  await page.route(`${ADDRESS}**`, (route) =>
    route.request().url().endsWith('page.js')
      ? route.fulfill({ contentType: 'text/javascript', body: code })
      : route.fulfill({ contentType: 'text/html', body: html() }),
  )
  await page.goto(ADDRESS)
  await page.waitForFunction(() => 'bench' in globalThis)
  return page
}

const frame = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

async function place(page: Page, nth: number): Promise<void> {
  await page.evaluate((which) => bench.place(which), nth)
  await frame(page)
}

/** One key a frame, all in one place; or each in a place of its own. */
async function typed(page: Page, keys: number, eachElsewhere: boolean): Promise<Spans> {
  await place(page, 0)
  // The first keys are the compiler's.
  if (!eachElsewhere) await page.keyboard.type('abcdefghij')
  await page.evaluate(() => bench.start())
  for (let i = 0; i < keys; i++) {
    if (eachElsewhere) await place(page, i)
    await page.keyboard.press('abcdefghij'[i % 10] ?? 'a')
    await frame(page)
  }
  return page.evaluate(() => bench.spans())
}

async function measureEditor(browser: Browser, code: string, name: string, where: Where): Promise<Row> {
  const page = await openPage(browser, code)
  const opened = await page.evaluate(([of, at]) => bench.openEditor(of, at), [size, where] as const)
  const creating = where === 'base'
  const spans = await typed(page, creating ? BRACKETS : KEYS, creating)
  const row = { name, view: opened.view, nodes: opened.nodes, spans }
  if (where !== 'own') {
    await page.close()
    return row
  }
  const same = await page.evaluate((times) => bench.remote('same-paragraph', times), REMOTE)
  const elsewhere = await page.evaluate((times) => bench.remote('elsewhere', times), REMOTE)
  await page.close()
  return { ...row, remote: { same, elsewhere } }
}

async function measurePlain(
  browser: Browser,
  code: string,
  name: string,
  text: 'same' | 'none',
): Promise<Row> {
  const page = await openPage(browser, code)
  const opened = await page.evaluate(([of, which]) => bench.openPlain(of, which), [size, text] as const)
  const spans = await typed(page, KEYS, false)
  await page.close()
  return { name, view: opened.view, nodes: opened.nodes, spans }
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

const ms = (value: number): string => value.toFixed(2)
const pair = (values: readonly number[]): string =>
  `${ms(quantile(values, 0.5))} / ${ms(quantile(values, 0.95))}`
const times = (a: readonly number[], b: readonly number[]): string =>
  `${(quantile(a, 0.5) / quantile(b, 0.5)).toFixed(1)} ×`

function print(rows: readonly Row[], plain: Row): void {
  const lines = [
    ['', 'keys', 'script ms', 'ratio', 'key to paint ms', 'ratio', 'first view ms', 'nodes'],
    ...rows.map(({ name, view, nodes, spans }) => [
      name,
      String(spans.script.length),
      pair(spans.script),
      times(spans.script, plain.spans.script),
      pair(spans.paint),
      times(spans.paint, plain.spans.paint),
      view.toFixed(0),
      String(nodes),
    ]),
  ]
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  for (const line of lines) {
    const [first = '', ...others] = line.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!),
    )
    console.log([first, ...others].join('   '))
  }
}

async function run(): Promise<void> {
  const [code, browser] = await Promise.all([bundle(), openBrowser()])
  try {
    const plain = await measurePlain(browser, code, 'ProseMirror, the same text without brackets', 'same')
    const rows = [
      await measurePlain(browser, code, 'ProseMirror, empty', 'none'),
      plain,
      await measureEditor(browser, code, 'in an own bracket', 'own'),
      await measureEditor(browser, code, 'in base text: each key a new bracket', 'base'),
      await measureEditor(browser, code, 'in base text as facilitator', 'facilitator'),
    ]
    console.log(
      `${size.paragraphs} paragraphs, ${size.proposals} proposals; ${cpus().length} processors, ${browser.version()}. Median / 95th of a hundred; ratios to the same text without brackets.\n`,
    )
    print(rows, plain)
    for (const { remote } of rows)
      if (remote)
        console.log(
          `\nA remote update: ${pair(remote.same)} ms in the same paragraph, ${pair(remote.elsewhere)} ms elsewhere`,
        )
  } finally {
    await browser.close()
  }
}

await run()
