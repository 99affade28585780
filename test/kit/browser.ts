import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

/** Where screenshots go; not kept in the repository. */
export const OUT = join(import.meta.dirname, '../.out')

/**
 * What Chromium does without. The first three load two pages of the address bar's pop-up beside each window: 1.5 s of a
 * processor per window. Of this switch only the last one counts, and Playwright sets it too: the others are its own.
 */
const DISABLED_FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  // A process for the next site that somebody may go to, beside each window.
  'SpareRendererForSitePerProcess',
  'ThirdPartyStoragePartitioning',
]

export function openBrowser(): Promise<Browser> {
  mkdirSync(OUT, { recursive: true })
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${DISABLED_FEATURES.join(',')}`,
    ],
  })
}
