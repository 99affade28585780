/** The few pages that the server renders itself; all others are the client's. */

export interface Page {
  readonly title: string
  readonly text: string
  readonly hint: string
}

export const DEAD_LINK = {
  unknown: {
    title: 'This link leads nowhere',
    text: 'It may have been cut short when it was copied or sent.',
    hint: 'Open it again from the original message, or ask the secretariat for a new one.',
  },
  revoked: {
    title: 'This link was withdrawn',
    text: 'The invitation behind it is no longer valid.',
    hint: 'Ask the secretariat for a new one.',
  },
  expired: {
    title: 'This link has expired',
    text: 'The invitation behind it was valid for a limited time.',
    hint: 'Ask the secretariat for a new one.',
  },
} as const satisfies Record<string, Page>

export const NOT_BUILT: Page = {
  title: 'The interface is not built yet',
  text: 'The server is running, but the pages that people see have not been built.',
  hint: 'Run “npm run build” in the project folder, then reload this page.',
}

/** Renders a page. Its texts must be the server's own, because they are not escaped. */
export function renderPage({ title, text, hint }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} – Informals</title>
<style>
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.0625rem/1.6 system-ui, sans-serif }
main { max-width: 34rem; padding: 2rem }
h1 { font: 600 1.75rem/1.25 Georgia, serif; margin: 0 0 .75rem }
p { margin: 0 0 .5rem }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p><p>${hint}</p></main></body>
</html>
`
}
