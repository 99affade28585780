import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/noto-naskh-arabic/index.css'
import '@fontsource-variable/source-serif-4/opsz.css'
import '@fontsource-variable/source-serif-4/opsz-italic.css'
import './ui/styles/tokens.css'
import './ui/styles/tones.css'
import './ui/styles/base.css'
import './ui/styles/document.css'
import './ui/styles/brackets.css'
import './ui/styles/footnotes.css'
import './ui/styles/tables.css'
import './ui/styles/carets.css'
import { createRoot } from 'react-dom/client'
import { App } from './ui/app.tsx'
import { applyTheme } from './ui/hooks/preference.ts'

applyTheme()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(<App />)
