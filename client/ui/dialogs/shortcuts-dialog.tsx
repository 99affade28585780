import { can } from '#shared/model/role.ts'
import { useDesk } from '../state/desk.ts'
import { singleKeys } from '../hooks/preference.ts'
import { modKey, shortcutsFor } from '../state/shortcuts.ts'
import { useValue } from '../hooks/use-value.ts'
import { Key } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { strings } from '../strings.ts'
import styles from './dialogs.module.css'

const words = strings.shortcuts

export function ShortcutsDialog() {
  const desk = useDesk()
  const single = useValue(singleKeys)
  const { role } = useValue(desk.actor)
  const mod = modKey(navigator.userAgent)
  const outside = [
    ...shortcutsFor(role).map(({ shown, name }) => [shown, name] as const),
    [`${mod} K`, strings.menu.palette] as const,
  ]
  return (
    <Dialog title={words.title} shape="wide" onClose={() => desk.panel.set(null)}>
      <div className={classes(styles.shortcuts)}>
        <label className={classes(styles.toggle)}>
          <input
            type="checkbox"
            checked={single === 'on'}
            onChange={(event) => singleKeys.set(event.target.checked ? 'on' : 'off')}
          />
          <span>{words.single}</span>
          <small>{words.singleNote}</small>
        </label>
        <Keys title={words.outside} keys={outside} />
        <Keys
          title={words.inside}
          keys={[
            [words.keys.leave, words.leave],
            ...(can(role, 'propose')
              ? [
                  [`${mod} ↵`, strings.writing.tableDraft] as const,
                  [`${mod} Alt M`, strings.comments.key] as const,
                  [`${mod} Alt F`, strings.paragraph.newNote.menu] as const,
                ]
              : []),
            [`${mod} Z`, words.undoTyping],
            [`${mod} Shift Z`, words.redoTyping],
          ]}
        />
        {can(role, 'decide') && (
          <Keys
            title={words.wording}
            keys={[
              [`${mod} ↵`, words.confirm],
              [words.keys.leave, words.backOut],
            ]}
          />
        )}
      </div>
    </Dialog>
  )
}

interface KeysProps {
  readonly title: string
  readonly keys: readonly (readonly [key: string, name: string])[]
}

const Keys = ({ title, keys }: KeysProps) => (
  <section>
    <h3>{title}</h3>
    <dl className={classes(styles.keys)}>
      {keys.map(([key, name]) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>
            <Key>{key}</Key>
          </dd>
        </div>
      ))}
    </dl>
  </section>
)
