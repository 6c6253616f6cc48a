/** Answers everything as it should. */
import { converse } from './conduct.ts'

converse()
