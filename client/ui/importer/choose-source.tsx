import { FileText } from 'lucide-react'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { DropZone, FileTrigger, Form, Group, Text } from 'react-aria-components'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field, FormProblem } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import forms from '../parts/form/form.module.css'
import { Progress } from './progress.tsx'
import type { ImportSession, ImportState } from './session.ts'
import styles from './choose-source.module.css'

const words = strings.import

interface Props {
  readonly session: ImportSession
  readonly state: ImportState
}

/** The first step: a file or a pasted text. */
export function ChooseSource({ session, state }: Props) {
  const { pasted, problem, step, source, reading, answers } = state
  const [missing, setMissing] = useState(false)
  if (step === 'opening') return <Progress done={state.progress} label={words.opening} />
  const changes = answers.answers.length + answers.names.length
  const openPasted = () => {
    if (pasted.trim() === '') setMissing(true)
    else session.open(null, new TextEncoder().encode(pasted))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    openPasted()
  }
  return (
    <Form
      className={classes(forms.form)}
      onSubmit={(event) => {
        event.preventDefault()
        openPasted()
      }}
    >
      <p className={classes(forms.lead)}>{words.lead}</p>
      {source && reading && (
        <Button onPress={() => session.resume()}>
          {words.resume(source.name ?? words.pastedName, changes)}
        </Button>
      )}
      <FilePlace onFile={(file) => void openFile(session, file)} />
      <Group onKeyDown={onKeyDown}>
        <Field
          label={words.paste}
          value={pasted}
          onChange={(text) => {
            setMissing(false)
            session.set({ pasted: text, problem: null })
          }}
          lines={5}
          serif
        />
      </Group>
      {(problem ?? missing) && <FormProblem>{problem ?? words.nothing}</FormProblem>}
      <div className={classes(forms.buttons)}>
        <Button type="submit" look="primary">
          {words.look}
        </Button>
      </div>
    </Form>
  )
}

/** Opens a file as it is: its encoding is found out where it is read. */
async function openFile(session: ImportSession, file: File): Promise<void> {
  session.open(file.name, new Uint8Array(await file.arrayBuffer()))
}

function FilePlace({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <DropZone
      className={classes(styles.drop)}
      onDrop={(event) => {
        const dropped = event.items.find((item) => item.kind === 'file')
        if (dropped?.kind === 'file') void dropped.getFile().then(onFile)
      }}
    >
      <FileText aria-hidden="true" />
      <Text slot="label">{words.drop}</Text>
      <FileTrigger
        acceptedFileTypes={['text/plain', '.txt', '.md']}
        onSelect={(files) => {
          const chosen = files?.item(0)
          if (chosen) onFile(chosen)
        }}
      >
        <Button small>{words.choose}</Button>
      </FileTrigger>
    </DropZone>
  )
}
