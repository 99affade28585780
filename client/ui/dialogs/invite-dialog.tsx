import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { Api } from '#client/net/api.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { ROLES } from '#shared/model/role.ts'
import type { Role } from '#shared/model/role.ts'
import type { InviteRequest, RoleLink } from '#shared/protocol/http.ts'
import { useDesk } from '../state/desk.ts'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/form/choice.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FormProblem } from '../parts/form/field.tsx'
import { ParticipantPicker } from '../participants/participant-picker.tsx'
import { participantsIn } from '../participants/present.ts'
import { strings } from '../strings.ts'
import forms from '../parts/form/form.module.css'
import styles from './dialogs.module.css'
import { LinksList } from './links-list.tsx'
import { RoleLinks } from './role-links.tsx'

const words = strings.invite
const DAY = 86_400_000

const EXPIRIES = { never: null, day: DAY, week: 7 * DAY, month: 30 * DAY } as const
type Expiry = keyof typeof EXPIRIES
const EXPIRY_NAMES = Object.keys(EXPIRIES) as Expiry[]

export function InviteDialog({ api }: { readonly api: Api }) {
  const desk = useDesk()
  const [links, setLinks] = useState<readonly RoleLink[]>([])
  return (
    <Dialog title={words.title} onClose={() => desk.panel.set(null)}>
      <InviteForm api={api} onLink={(link) => setLinks([link, ...links])} />
      {links.length > 0 && (
        <div aria-live="polite">
          <RoleLinks links={links} />
        </div>
      )}
      <LinksList key={links.length} api={api} />
    </Dialog>
  )
}

interface FormProps {
  readonly api: Api
  readonly onLink: (link: RoleLink) => void
}

function InviteForm({ api, onLink }: FormProps) {
  const desk = useDesk()
  const [role, setRole] = useState<Role>('delegation')
  const [participant, setParticipant] = useState<ParticipantId | null>(null)
  const [expiry, setExpiry] = useState<Expiry>('never')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const named = role === 'delegation'
  const submit = async () => {
    if (named && participant === null) return setProblem(words.participantBad)
    setBusy(true)
    const answer = await api.invite(requestFor(role, named ? participant : null, expiry, desk.port.now()))
    setBusy(false)
    setProblem(answer.ok ? null : answer.message)
    if (answer.ok) onLink(answer.value)
  }
  return (
    <Form
      className={classes(forms.form)}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Choice<Role>
        label={words.role}
        value={role}
        onChange={setRole}
        options={ROLES.map((each) => ({
          value: each,
          name: strings.roles[each],
          note: words.roleNotes[each],
        }))}
      />
      {named && (
        <ParticipantPicker
          label={words.participant}
          note={words.participantNote}
          present={participantsIn(desk.board.get())}
          onPick={setParticipant}
          focused
        />
      )}
      <ExpiryChoice expiry={expiry} onExpiry={setExpiry} />
      {problem && <FormProblem>{problem}</FormProblem>}
      <div className={classes(forms.buttons)}>
        <Button type="submit" look="primary" isPending={busy} isDisabled={named && participant === null}>
          {words.submit}
        </Button>
      </div>
    </Form>
  )
}

function requestFor(role: Role, participant: string | null, expiry: Expiry, now: number): InviteRequest {
  const lasts = EXPIRIES[expiry]
  return {
    role,
    ...(participant === null ? {} : { participant }),
    ...(lasts === null ? {} : { expiresAt: now + lasts }),
  }
}

interface ExpiryProps {
  readonly expiry: Expiry
  readonly onExpiry: (expiry: Expiry) => void
}

function ExpiryChoice({ expiry, onExpiry }: ExpiryProps) {
  return (
    <label className={classes(styles.selectRow)}>
      {words.expiry}
      <select
        className={classes(styles.select)}
        value={expiry}
        onChange={(event) => onExpiry(EXPIRY_NAMES.find((name) => name === event.target.value) ?? 'never')}
      >
        {EXPIRY_NAMES.map((name) => (
          <option key={name} value={name}>
            {words.expiries[name]}
          </option>
        ))}
      </select>
    </label>
  )
}
