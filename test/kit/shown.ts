/** What is on a screen, read from its elements. These functions run in the page: they may use nothing of this module. */

export interface Run {
  readonly text: string
  /** The side of a bracket that a sign is; null for words. */
  readonly side: string | null
  /** The proposal that a sign belongs to. */
  readonly id: string | null
  readonly by: string | null
  readonly struck: boolean
}

export interface ShownCaret {
  readonly label: string
  readonly anchor: number
  readonly head: number
}

export interface Placing {
  readonly label: string
  readonly anchor: number
  readonly head: number
  /** Between two elements: at the end of the one on the left, or at the start of the one on the right. */
  readonly side: 'left' | 'right'
}

export const readTexts = (): string[] =>
  Array.from(
    document.querySelectorAll<HTMLElement>('.ProseMirror > .block'),
    (block) => `${block.dataset.label ?? ''}| ${block.textContent.replace(/\u00a0–[\u00a0 ]/g, ' – ')}`,
  )

/** From the start of the page on: keeps what is announced to those who listen. */
export const recordHeard = (): void => {
  const heard: string[] = []
  Object.assign(globalThis, { heard })
  let last = ''
  new MutationObserver(() => {
    const said = document.querySelector('output[aria-live="polite"]')?.textContent ?? ''
    if (said !== last && said !== '') heard.push(said)
    last = said
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** All that was announced on this page so far. */
export const readHeard = (): string[] => (globalThis as unknown as { heard: string[] }).heard

export const readRuns = (label: string): Run[] => {
  const block = document.querySelector(`.ProseMirror > .block[data-label="${label}"]`)
  if (!block) throw new Error(`no paragraph ${label}`)
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  const runs: Run[] = []
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    const sign = parent?.closest<HTMLElement>('.sign')
    runs.push({
      text: (walker.currentNode.textContent ?? '').replace(/\u00a0–[\u00a0 ]/g, ' – '),
      side: sign?.dataset.side ?? null,
      id: sign?.dataset.id ?? null,
      by: sign?.dataset.by ?? null,
      struck: parent?.closest('.struck') !== null,
    })
  }
  return runs
}

export const readCaret = (): ShownCaret | null => {
  const selection = getSelection()
  const node = selection?.focusNode ?? null
  const element = node instanceof Element ? node : (node?.parentElement ?? null)
  const block = element?.closest<HTMLElement>('.ProseMirror > .block')
  if (!selection || !block) return null
  const offset = (end: Node | null, at: number): number => {
    const range = document.createRange()
    range.setStart(block, 0)
    if (end) range.setEnd(end, at)
    return range.toString().length
  }
  const anchor = offset(selection.anchorNode, selection.anchorOffset)
  return {
    label: block.dataset.label ?? '',
    anchor,
    head: offset(selection.focusNode, selection.focusOffset),
  }
}

export const placeCaret = async ({ label, anchor, head, side }: Placing): Promise<void> => {
  const block = document.querySelector(`.ProseMirror > .block[data-label="${label}"]`)
  if (!block) throw new Error(`no paragraph ${label}`)
  const point = (offset: number): [Node, number] => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let rest = offset
    let last: [Node, number] = [block, 0]
    while (walker.nextNode()) {
      const length = walker.currentNode.textContent?.length ?? 0
      if (side === 'left' && rest > 0 && rest === length) return [walker.currentNode, rest]
      if (rest < length) return [walker.currentNode, rest]
      rest -= length
      last = [walker.currentNode, length]
    }
    return last
  }
  const editor = block.closest<HTMLElement>('.ProseMirror')
  editor?.focus({ preventScroll: true })
  const [anchorNode, anchorOffset] = point(anchor)
  const [headNode, headOffset] = point(head)
  getSelection()?.setBaseAndExtent(anchorNode, anchorOffset, headNode, headOffset)
  headNode.parentElement?.scrollIntoView({ block: 'nearest' })
  // The browser tells the editor of the selection before the next frame.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
}

/**
 * All that the page is made of; and for each of these words the elements of the text and the cards that hold them, with
 * what is of one element alone (identities, places) left out. Runs in the page.
 */
export function readParts(words: readonly string[]): { source: string; parts: string[][] } {
  const rules = [...document.styleSheets, ...document.adoptedStyleSheets].flatMap(({ cssRules }) =>
    Array.from(cssRules, ({ cssText }) => cssText),
  )
  const elements = [...document.querySelectorAll('[data-row], [data-row] *, .ProseMirror > .block *')]
  const parts = words.map((word) =>
    elements
      .map(({ outerHTML }) => outerHTML)
      .filter((html) => html.includes(word))
      .map((html) =>
        html
          .replaceAll(word, 'WORDS')
          .replace(/\bstyle="[^"]*"|react-aria[\w:-]*|«\w+»/g, '')
          .replace(/\b[a-z][0-9a-z]{16}\b/g, 'ID')
          .replace(/datetime="[^"]*"|title="[^"]*\d\d:\d\d[^"]*"/g, ''),
      ),
  )
  return { source: `${document.documentElement.outerHTML}\n${rules.join('\n')}`, parts }
}
