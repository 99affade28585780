import type { ReactNode } from 'react'
import type { HostId } from '#shared/model/ids.ts'
import { wordsAttributes } from '#shared/model/language.ts'
import { useSelected } from '../hooks/use-value.ts'
import { useDesk } from '../state/desk.ts'
import { blocksById } from '../state/walk.ts'

interface Props {
  readonly element?: 'p' | 'span' | 'blockquote' | 'q' | 'h1' | 'div'
  /** The paragraph that the words are from, or stand in; null: the document. */
  readonly of?: HostId | null
  readonly words: string
  readonly className?: string
  readonly title?: string
  /** The kind of its paragraph. */
  readonly kind?: string
  /** The tone of its proponent. */
  readonly tone?: number | '?'
  /** The words, as they are shown; absent: plain. */
  readonly children?: ReactNode
}

/** An element with words of the text, in their language and direction. */
export function TextOf({
  element: Element = 'p',
  of = null,
  words,
  kind,
  tone,
  children,
  ...attributes
}: Props) {
  const language = useSelected(
    useDesk().board,
    (board) => (of && blocksById(board).get(of)?.language) || board.language,
  )
  return (
    <Element {...attributes} data-kind={kind} data-tone={tone} {...wordsAttributes(words, language)}>
      {children ?? words}
    </Element>
  )
}
