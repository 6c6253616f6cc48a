/**
 * All that is built in, by number.
 *
 * An object in shared memory that stands for something built in holds its number, so every thread has to have the same table.
 */
import { type Builtin, methodsOf } from '../objects/builtin-function.ts'
import { LIST_METHODS } from '../objects/methods/list.ts'
import { BYTES_METHODS, FLOAT_METHODS, INT_METHODS } from '../objects/methods/number.ts'
import { STR_METHODS } from '../objects/methods/str.ts'
import { TUPLE_METHODS } from '../objects/methods/tuple.ts'
import { ATTRIBUTES } from './attributes.ts'
import { CLASSES } from './classes.ts'
import { CODE } from './code.ts'
import { CONSTRUCTORS } from './constructors.ts'
import { CONTAINER_METHODS } from './containers.ts'
import { FUNCTIONS } from './functions.ts'
import { GENERATOR_METHODS } from './generators.ts'
import { ORDERING } from './ordering.ts'

export const BUILTINS: readonly Builtin[] = [
  ...FUNCTIONS,
  ...ORDERING,
  ...CODE,
  ...CLASSES,
  ...CONSTRUCTORS,
  ...CONTAINER_METHODS,
  ...GENERATOR_METHODS,
  ...ATTRIBUTES,
  ...methodsOf('list', LIST_METHODS),
  ...methodsOf('tuple', TUPLE_METHODS),
  ...methodsOf('str', STR_METHODS),
  ...methodsOf('bytes', BYTES_METHODS),
  ...methodsOf('int', INT_METHODS),
  ...methodsOf('float', FLOAT_METHODS),
]
