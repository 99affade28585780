import { digest } from 'lib0/hash/sha256'
import { toHexString } from 'lib0/buffer'
import { encodeUtf8 } from 'lib0/string'
import type { ImportedDraft } from '../../../model/import.ts'

/** Returns what tells two drafts apart: the SHA-256 of all but their titles, in hexadecimal digits. */
export function draftDigest({ front, blocks }: ImportedDraft): string {
  return toHexString(digest(encodeUtf8(JSON.stringify([front, blocks]))))
}
