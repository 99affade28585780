import { useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { Announcer } from '../announce/announcer.tsx'
import { CardMargin } from '../margin/margin.tsx'
import { AffectedPanel } from '../decide/affected-panel.tsx'
import { OptionMarks } from '../options/option-marks.tsx'
import { FailedCommands } from '../salvage/failed-commands.tsx'
import { SalvagePanel } from '../salvage/salvage-panel.tsx'
import { Toast } from '../announce/toast.tsx'
import { OpenDialogs } from '../dialogs/open-dialogs.tsx'
import { ConnectionBanner } from '../header/connection-banner.tsx'
import { DocumentHeader } from '../header/header.tsx'
import { Outline } from '../outline/outline.tsx'
import type { CommandPort } from '../palette/commands.ts'
import { Gutter } from '../paragraph/gutter/gutter.tsx'
import { classes } from '../parts/classes.ts'
import type { Opened } from '../opened.ts'
import { useSinceLooked } from '../revisions/looked.ts'
import type { SinceLooked } from '../revisions/looked.ts'
import { SinceNote } from '../revisions/since-note.tsx'
import { RoomBar } from '../room/room-bar.tsx'
import { ALL_THREE, BESIDE, useMedia } from '../hooks/use-media.ts'
import { DeskContext, useDesk } from '../state/desk.ts'
import { outlineShown } from '../hooks/preference.ts'
import type { ShortcutAct } from '../state/shortcuts.ts'
import { useSelected, useValue } from '../hooks/use-value.ts'
import { strings } from '../strings.ts'
import styles from './document-screen.module.css'
import { exportView } from './export.ts'
import { FrontMatter } from './text/front-matter.tsx'
import { perform, useKeys } from './keys.ts'
import { OutlineDrawer } from '../outline/outline-drawer.tsx'
import { Panels } from './panels.tsx'
import { PlaceSheet } from './place-sheet.tsx'
import { Skeleton } from './text/skeleton.tsx'
import { StatusBar } from './status-bar.tsx'
import { StickyBars } from './sticky-bars.tsx'
import { TextPane } from './text/text-pane.tsx'
import { TextOf } from '../parts/text-of.tsx'
import { useDeskOf, useOd } from './use-desk-of.ts'

/** The page of one document as one person sees it. */
export function DocumentScreen({ opened }: { readonly opened: Opened }) {
  const { info, api, session } = opened
  const desk = useDeskOf(opened)
  const roomy = useMedia(ALL_THREE)
  const beside = useMedia(BESIDE)
  const kept = useValue(outlineShown) === 'shown'
  const docked = roomy && kept
  const [drawer, setDrawer] = useState(false)
  const toggleOutline = useCallback(() => {
    if (!matchMedia(ALL_THREE).matches) setDrawer((open) => !open)
    else outlineShown.set(outlineShown.get() === 'shown' ? 'hidden' : 'shown')
  }, [])
  const exportText = useCallback(() => void exportView(desk, api), [desk, api])
  const act = useCallback((wanted: ShortcutAct) => perform(desk, wanted), [desk])
  useKeys(desk, act)
  const { spaces } = info
  const commands = useCommandPort({ act, toggleOutline, exportText, spaces })
  const od = useOd(session)
  const since = useSinceLooked(desk, api, session, od)
  return (
    <DeskContext value={desk}>
      <a className={classes(styles.skip)} href="#text">
        {strings.skipToText}
      </a>
      <DocumentHeader
        session={session}
        commands={opened.commands}
        title={info.title}
        outlineOpen={roomy ? kept : drawer}
        onOutline={toggleOutline}
        onExport={exportText}
        spaces={spaces}
      />
      <StickyBars>
        <ConnectionBanner session={session} />
        <RoomBar />
      </StickyBars>
      <div className={classes(styles.body)}>
        {docked && (
          <div className={classes(styles.side)}>
            <div className={classes(styles.outline)}>
              <Outline />
            </div>
            <Offers opened={opened} />
          </div>
        )}
        <Text opened={opened} beside={beside} since={since} />
      </div>
      {!roomy && drawer && <OutlineDrawer onClose={() => setDrawer(false)} />}
      <Foot beside={beside}>{!docked && <Offers opened={opened} />}</Foot>
      <Panels api={api} od={od} commands={commands} />
      <OpenDialogs api={api} od={od} spaces={spaces} since={since} />
      <Announcer session={session} />
    </DeskContext>
  )
}

interface FootProps {
  /** Whether the cards are beside the text. */
  readonly beside: boolean
  /** Shown over the text on narrow windows. */
  readonly children: ReactNode
}

/** The bars at the lower edge of the window. A message covers the hints while it is shown. */
function Foot({ beside, children }: FootProps) {
  return (
    <div className={classes(styles.foot)}>
      <div className={classes(styles.floating)}>{children}</div>
      <div className={classes(styles.line)}>
        <StatusBar narrow={!beside} />
        <Toast />
      </div>
      {!beside && <PlaceSheet />}
    </div>
  )
}

/** Refused words, failed commands and choices after a decision, until they are dismissed. */
const Offers = ({ opened }: { readonly opened: Opened }) => (
  <div className={classes(styles.offers)}>
    <FailedCommands commands={opened.commands} />
    <SalvagePanel session={opened.session} />
    <AffectedPanel />
  </div>
)

/** Returns the same object as long as its fields are the same. */
function useCommandPort({ act, toggleOutline, exportText, spaces }: CommandPort): CommandPort {
  return useMemo(() => ({ act, toggleOutline, exportText, spaces }), [act, toggleOutline, exportText, spaces])
}

interface TextProps {
  readonly opened: Opened
  readonly beside: boolean
  readonly since: SinceLooked
}

function Text({ opened, beside, since }: TextProps) {
  const { session, api, info } = opened
  const ready = useValue(session.ready)
  return (
    <main id="text" tabIndex={-1} className={classes(styles.main)}>
      <div className={classes(styles.columns)}>
        <div className={classes(styles.column)}>
          <SinceNote since={since} />
          {ready ? (
            <>
              <Opening title={info.title} />
              <div className={classes(styles.paper)}>
                <Gutter />
                <OptionMarks />
                <TextPane session={session} api={api} />
              </div>
            </>
          ) : (
            <Skeleton />
          )}
        </div>
        {beside && ready && <CardMargin />}
      </div>
    </main>
  )
}

function Opening({ title }: { readonly title: string }) {
  const desk = useDesk()
  const shown = useSelected(desk.board, (board) => board.title) || title
  const front = useSelected(desk.board, (board) => board.front)
  // The title is hidden visually if the draft begins with a heading; it stays the page's heading for screen readers.
  const titled = useSelected(desk.board, (board) => board.blocks[0]?.kind === 'heading')
  return (
    <>
      <TextOf element="h1" words={shown} className={titled ? 'visually-hidden' : classes(styles.title)} />
      <FrontMatter front={front} />
    </>
  )
}
