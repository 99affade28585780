import { verify } from '../../verify/verify.ts'
import { backup } from '../backup.ts'
import { claimsInLog } from '../tables/claims.ts'
import { takeSnapshot } from '../tables/snapshots.ts'
import { textAt } from '../tables/texts.ts'
import { serveLane } from './serve-lane.ts'

/** What takes long, most of it by replaying documents. */
serveLane({ textAt, snapshot: takeSnapshot, verify, backup, claimsInLog })
