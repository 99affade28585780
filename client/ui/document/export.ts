import type { Api } from '#client/net/api.ts'
import { notify } from '../state/notify.ts'
import type { Desk } from '../state/desk.ts'
import { strings } from '../strings.ts'

/**
 * Downloads the text of this view. The view of one delegation, which the server does not have, downloads everything.
 */
export async function exportView(desk: Desk, api: Api): Promise<void> {
  const view = desk.view.get()
  const answer = await api.exportText({ format: 'text', view: view === 'mine' ? 'all' : view })
  if (!answer.ok) return notify(desk, answer.message, 'refused')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([answer.value], { type: 'text/plain;charset=utf-8' }))
  link.download = `${fileName(desk.board.get().title)}.txt`
  link.click()
  URL.revokeObjectURL(link.href)
  notify(desk, strings.menu.exportDone)
}

const fileName = (title: string): string =>
  title
    .replace(/[^\p{L}\p{N} -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80) || strings.product
