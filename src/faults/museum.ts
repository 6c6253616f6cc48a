/**
 * The museum of faulty runtimes, in the order of the book.
 */
import { type Fault, FaultError } from './fault.ts'
import { brc } from './museum/brc.ts'
import { brcRaces } from './museum/brc-races.ts'
import { dfree } from './museum/dfree.ts'
import { dfreeRaces } from './museum/dfree-races.ts'
import { immortal } from './museum/immortal.ts'
import { qsbr } from './museum/qsbr.ts'
import { qsbrRaces } from './museum/qsbr-races.ts'
import { thread } from './museum/thread.ts'
import { tlbc } from './museum/tlbc.ts'
import { tlbcChange } from './museum/tlbc-change.ts'
import { tlbcSpecialization } from './museum/tlbc-specialization.ts'
import { tlbcTools } from './museum/tlbc-tools.ts'

export const MUSEUM: readonly Fault[] = [
  ...thread,
  ...brc,
  ...brcRaces,
  ...qsbr,
  ...qsbrRaces,
  ...dfree,
  ...dfreeRaces,
  ...tlbc,
  ...tlbcChange,
  ...tlbcTools,
  ...tlbcSpecialization,
  ...immortal,
]

/** @throws FaultError if there is no fault of that name. */
export function faultNamed(id: string): Fault {
  const fault = MUSEUM.find((one) => one.id === id)
  if (fault === undefined) throw new FaultError(`there is no fault ${id}`)
  return fault
}
