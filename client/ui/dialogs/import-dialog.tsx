import { FileText } from 'lucide-react'
import { useState } from 'react'
import { DropZone, FileTrigger, Form, Text } from 'react-aria-components'
import type { Api } from '#client/net/api.ts'
import type { ImportResponse } from '#shared/protocol/http.ts'
import { useDesk } from '../state/desk.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field, FormProblem } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import forms from '../parts/form/form.module.css'
import styles from './dialogs.module.css'
import { RoleLinks } from './role-links.tsx'

const words = strings.import

export function ImportDialog({ api }: { readonly api: Api }) {
  const desk = useDesk()
  const [result, setResult] = useState<ImportResponse | null>(null)
  return (
    <Dialog title={result ? words.doneTitle : words.title} onClose={() => desk.panel.set(null)}>
      {result ? <Imported result={result} /> : <ImportForm api={api} onImported={setResult} />}
    </Dialog>
  )
}

interface FormProps {
  readonly api: Api
  readonly onImported: (result: ImportResponse) => void
}

function ImportForm({ api, onImported }: FormProps) {
  const [file, setFile] = useState<File | null>(null)
  const [pasted, setPasted] = useState('')
  const [title, setTitle] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    if (!file && pasted.trim() === '') return setProblem(words.nothing)
    setBusy(true)
    const answer = await api.importText(await bytesOf(file, pasted), title.trim() || undefined)
    setBusy(false)
    if (answer.ok) onImported(answer.value)
    else setProblem(answer.message)
  }
  const choose = (chosen: File | null) => {
    setFile(chosen)
    setProblem(null)
  }
  return (
    <Form
      className={classes(forms.form)}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p className={classes(forms.lead)}>{words.lead}</p>
      <FilePlace file={file} onFile={choose} />
      {!file && <Field label={words.paste} value={pasted} onChange={setPasted} lines={5} serif />}
      <Field label={words.documentTitle} optional value={title} onChange={setTitle} maxLength={300} />
      {problem && <FormProblem>{problem}</FormProblem>}
      <div className={classes(forms.buttons)}>
        <Button type="submit" look="primary" isPending={busy}>
          {busy ? words.submitting : words.submit}
        </Button>
      </div>
    </Form>
  )
}

/** The bytes to upload. A file is sent unchanged, because the server reports wrong encodings better than a browser. */
async function bytesOf(file: File | null, pasted: string): Promise<Uint8Array> {
  return file ? new Uint8Array(await file.arrayBuffer()) : new TextEncoder().encode(pasted)
}

interface FilePlaceProps {
  readonly file: File | null
  readonly onFile: (file: File | null) => void
}

function FilePlace({ file, onFile }: FilePlaceProps) {
  return (
    <DropZone
      className={classes(styles.drop)}
      onDrop={(event) => {
        const dropped = event.items.find((item) => item.kind === 'file')
        if (dropped?.kind === 'file') void dropped.getFile().then(onFile)
      }}
    >
      <FileText aria-hidden="true" />
      <Text slot="label">{file ? words.chosen(file.name) : words.drop}</Text>
      <div className={classes(styles.choices)}>
        <FileTrigger
          acceptedFileTypes={['text/plain', '.txt']}
          onSelect={(files) => {
            const chosen = files?.item(0)
            if (chosen) onFile(chosen)
          }}
        >
          <Button small>{file ? words.chooseOther : words.choose}</Button>
        </FileTrigger>
        {file && (
          <Button small look="quiet" onPress={() => onFile(null)}>
            {words.noFile}
          </Button>
        )}
      </div>
    </DropZone>
  )
}

function Imported({ result }: { readonly result: ImportResponse }) {
  const own = result.links.find((link) => link.role === 'facilitator')
  return (
    <>
      <p className={classes(forms.lead)}>
        <strong dir="auto">{result.title}</strong>. {words.links}
      </p>
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
      <RoleLinks links={result.links} />
      {own && <a href={own.url}>{words.openIt}</a>}
    </>
  )
}
