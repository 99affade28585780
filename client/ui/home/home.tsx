import { useState } from 'react'
import { Form } from 'react-aria-components'
import { toneOf } from '#client/tone.ts'
import type { ParticipantId } from '#shared/model/ids.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/form/field.tsx'
import { strings } from '../strings.ts'
import styles from './home.module.css'
import { consultationPath } from './link.ts'

const words = strings.home
const KENYA = 'KEN' as ParticipantId
const NORWAY = 'NOR' as ParticipantId

/** The page for visitors without a link, or with an unknown one. */
export function Home({ unknown }: { readonly unknown: boolean }) {
  return (
    <main className={classes(styles.home)}>
      <div className={classes(styles.page)}>
        <p className={classes(styles.mark)}>
          <span aria-hidden="true">[</span>
          {strings.product}
          <span aria-hidden="true">]</span>
        </p>
        <h1 className={classes(styles.lead)}>{unknown ? words.unknownTitle : words.lead}</h1>
        <p className={classes(styles.body)}>{unknown ? words.unknown : words.body}</p>
        {!unknown && <ExampleBracket />}
        <section className={classes(styles.link)} aria-labelledby="need-link">
          <h2 id="need-link">{words.needLinkTitle}</h2>
          <p>{words.needLink}</p>
          <LinkForm />
          <p>{words.noLink}</p>
        </section>
      </div>
    </main>
  )
}

/** An example of a bracket. */
const ExampleBracket = () => (
  <p className={classes(styles.specimen)} aria-hidden="true">
    {words.specimen.before}{' '}
    <span data-tone={toneOf(KENYA)}>
      <b>[</b>
      <ins>{words.specimen.inserted}</ins>
      <b> – {KENYA}]</b>
    </span>{' '}
    <span data-tone={toneOf(NORWAY)}>
      <b>[</b>
      <del>{words.specimen.deleted}</del>
      <b> – {NORWAY} delete]</b>
    </span>{' '}
    {words.specimen.after}
  </p>
)

function LinkForm() {
  const [link, setLink] = useState('')
  const [bad, setBad] = useState(false)
  const open = () => {
    const path = consultationPath(link, location.origin)
    if (path === null) setBad(true)
    else location.assign(path)
  }
  return (
    <Form
      className={classes(styles.form)}
      onSubmit={(event) => {
        event.preventDefault()
        open()
      }}
    >
      <Field
        label={words.pasteLabel}
        inputMode="url"
        value={link}
        error={bad ? words.badLink : undefined}
        onChange={(value) => {
          setLink(value)
          setBad(false)
        }}
      />
      <Button type="submit" look="primary">
        {words.open}
      </Button>
    </Form>
  )
}
