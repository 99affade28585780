import { Split } from 'lucide-react'
import { Fragment, memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { HostId } from '#shared/model/ids.ts'
import { can } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import { useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Names } from '../positions/stances.tsx'
import { shownOf } from '../positions/stances.ts'
import { useDesk } from '../state/desk.ts'
import { nameOf } from '../state/names.ts'
import { strings } from '../strings.ts'
import { OptionKeeper } from './option-keeper.ts'
import styles from './option-marks.module.css'
import { optionPlaces, preferring } from './options.ts'
import type { OptionPlace, ShownOption } from './options.ts'

const words = strings.options
const NONE: readonly HostId[] = []

/** What a person of this role may do about options. */
export const mayDo = (role: Role): keyof typeof words.open =>
  can(role, 'decide') ? 'decide' : can(role, 'propose') ? 'propose' : 'observe'

/** The heading over the options of each place near the window, and a rail beside each option. */
export function OptionMarks() {
  const desk = useDesk()
  const board = useValue(desk.board)
  const layer = useRef<HTMLDivElement>(null)
  const keeper = useRef<OptionKeeper>(null)
  const [ids, setIds] = useState(NONE)
  const places = optionPlaces(board)
  useRoomAbove(places)
  const near = useMemo(() => {
    const shown = new Set<string>(ids)
    return places.filter(({ options }) => options.some((one) => one.ids.some((id) => shown.has(id))))
  }, [places, ids])
  const hasPlaces = places.length > 0
  useLayoutEffect(() => {
    if (!layer.current || !hasPlaces) return
    const made = new OptionKeeper(desk, layer.current, setIds)
    keeper.current = made
    return () => made.dispose()
  }, [desk, hasPlaces])
  useLayoutEffect(() => keeper.current?.drawn())
  return (
    <div ref={layer} className={classes(styles.layer)}>
      {near.map((place) => (
        <Fragment key={place.key}>
          <PlaceHeading place={place} />
          {place.options.map((option) => (
            <span
              key={option.head.id}
              data-over={option.ids.join(' ')}
              data-rail=""
              data-depth={Math.min(place.depth, 2) || undefined}
              className={classes(styles.rail)}
              aria-hidden="true"
            />
          ))}
        </Fragment>
      ))}
    </div>
  )
}

/** Leaves room for the heading above the first block of each place. */
function useRoomAbove(places: readonly OptionPlace[]): void {
  const [sheet] = useState(() => new CSSStyleSheet())
  useEffect(() => {
    document.adoptedStyleSheets.push(sheet)
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
    }
  }, [sheet])
  const rules = places
    .map(({ options }) => options[0]!.ids[0]!)
    .map((id) => `.ProseMirror > .block[data-id="${CSS.escape(id)}"]{margin-block-start:var(--options-room)}`)
    .join('\n')
  useEffect(() => {
    sheet.replaceSync(rules)
  }, [sheet, rules])
}

const PlaceHeading = memo(
  function PlaceHeading({ place }: { readonly place: OptionPlace }) {
    const desk = useDesk()
    const { role } = useValue(desk.actor)
    const { key, options } = place
    return (
      <section
        data-over={options[0]!.ids[0]}
        data-gutter={key}
        className={classes(styles.heading)}
        aria-label={words.place(options.length)}
      >
        <span className={classes(styles.count)}>
          <Split aria-hidden="true" />
          {words.place(options.length)}
        </span>
        <span className={classes(styles.options)}>
          {options.map((option) => (
            <GoToOption key={option.head.id} option={option} />
          ))}
        </span>
        <Button small look="quiet" onPress={() => desk.dialog.set({ kind: 'options', paragraph: key })}>
          {words.open[mayDo(role)]}
        </Button>
      </section>
    )
  },
  (before, after) => before.place === after.place,
)

/** Its name and who prefers it; a press goes there. */
function GoToOption({ option }: { readonly option: ShownOption }) {
  const desk = useDesk()
  const prefer = preferring(option)
  const names = prefer.map(({ participant }) => nameOf(participant)).join(', ')
  return (
    <button
      type="button"
      className={classes(styles.option)}
      aria-label={[words.goTo(option.reference), names && words.preferredBy(names)]
        .filter(Boolean)
        .join(', ')}
      onClick={() => {
        desk.reveal(option.head.id)
        desk.here.set(option.head.id)
      }}
    >
      {option.name}
      {prefer.length > 0 && (
        <Names who={shownOf(prefer, option.head.spokenOf.wording)} most={2} opens={false} />
      )}
    </button>
  )
}
