/**
 * The inventory: every requirement of every chapter, in the order of the book.
 */
import { CHAPTERS, type Chapter } from '../protocol/messages.ts'
import { brc } from './chapters/brc.ts'
import { dfree } from './chapters/dfree.ts'
import { flist } from './chapters/flist.ts'
import { gccount } from './chapters/gccount.ts'
import { heap } from './chapters/heap.ts'
import { immortal } from './chapters/immortal.ts'
import { interp } from './chapters/interp.ts'
import { qsbr } from './chapters/qsbr.ts'
import { thread } from './chapters/thread.ts'
import { tlbc } from './chapters/tlbc.ts'
import { total } from './chapters/total.ts'
import { uniq } from './chapters/uniq.ts'
import type { ChapterInventory } from './requirement.ts'

const CONTENTS: Readonly<Record<Chapter, ChapterInventory>> = {
  thread,
  brc,
  uniq,
  total,
  qsbr,
  dfree,
  flist,
  gccount,
  heap,
  tlbc,
  immortal,
  interp,
}

export const INVENTORY: readonly ChapterInventory[] = CHAPTERS.map((chapter) => CONTENTS[chapter])
