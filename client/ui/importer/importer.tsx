import type { Api } from '#client/net/api.ts'
import type { ImportResponse } from '#shared/protocol/http.ts'
import { RoleLinks } from '../dialogs/role-links.tsx'
import { focusNow } from '../hooks/focus-now.ts'
import { useValue } from '../hooks/use-value.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import forms from '../parts/form/form.module.css'
import { useDesk } from '../state/desk.ts'
import { strings } from '../strings.ts'
import { ChooseSource } from './choose-source.tsx'
import { Look } from './look.tsx'
import { importSession } from './session.ts'
import styles from './importer.module.css'

const words = strings.import

/** Importing a text: it is chosen, looked at and corrected, and made with one button. */
export function Importer({ api }: { readonly api: Api }) {
  const desk = useDesk()
  const session = importSession()
  const state = useValue(session.state)
  const close = () => {
    desk.panel.set(null)
    if (state.step === 'done') session.restart()
  }
  if (state.step === 'look' && state.reading && state.source)
    return (
      <Dialog title={words.lookTitle} shape="screen" onClose={close}>
        <Look
          key={state.source.hash}
          api={api}
          session={session}
          state={state}
          source={state.source}
          reading={state.reading}
        />
      </Dialog>
    )
  return (
    <Dialog title={state.result ? words.doneTitle : words.title} onClose={close}>
      {state.result ? (
        <Imported result={state.result} onAgain={() => session.restart()} />
      ) : (
        <ChooseSource session={session} state={state} />
      )}
    </Dialog>
  )
}

function Imported({ result, onAgain }: { readonly result: ImportResponse; readonly onAgain: () => void }) {
  const own = result.links.find((link) => link.role === 'facilitator')
  return (
    <>
      <p className={classes(forms.lead)}>
        <strong dir="auto">{result.title}</strong>. {words.links}
      </p>
      <RoleLinks links={result.links} />
      <div className={classes(forms.buttons)}>
        <Button look="quiet" onPress={onAgain}>
          {words.again}
        </Button>
        {own && (
          <a ref={focusNow} href={own.url} className={classes(styles.open)}>
            {words.openIt}
          </a>
        )}
      </div>
      {result.warnings.length > 0 && (
        <div className={classes(styles.warnings)}>
          <p>{words.warnings}</p>
          <ul>
            {result.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
