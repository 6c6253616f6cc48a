/** How functions, methods, classes and code are written. */
import { type Address, NULL } from '../../memory/memory.ts'
import { boundTo, builtinOf } from '../objects/builtin-function.ts'
import { fullName } from '../objects/class.ts'
import { FUNCTION_QUALIFIED_NAME } from '../objects/function.ts'
import { methodFunction, methodSelf } from '../objects/method.ts'
import type { Caller } from '../objects/mutator.ts'
import { repr } from '../objects/operate/repr.ts'
import type { Protocol } from '../objects/protocols.ts'
import { textOf } from '../objects/str.ts'
import { typeName } from '../objects/type-name.ts'
import { CODE_NAME, CodeObject, FILENAME } from './code-object.ts'

const at = (object: Address): string => `at 0x${object.toString(16)}`

const qualifiedName = ({ memory }: Caller, called: Address): string => textOf(memory, memory.get(called + FUNCTION_QUALIFIED_NAME))

export const FUNCTION_PROTOCOL: Protocol = {
  repr: (m, called) => `<function ${qualifiedName(m, called)} ${at(called)}>`,
}

export const METHOD_PROTOCOL: Protocol = {
  repr: (m, method) => `<bound method ${qualifiedName(m, methodFunction(m.memory, method))} of ${repr(m, methodSelf(m.memory, method))}>`,
}

export const BUILTIN_PROTOCOL: Protocol = {
  repr(m, builtin) {
    const { name, owner } = builtinOf(m, builtin)
    const self = boundTo(m, builtin)
    if (self !== NULL) return `<built-in method ${name} of ${typeName(m, self)} object ${at(self)}>`
    return owner === undefined ? `<built-in function ${name}>` : `<method '${name}' of '${owner}' objects>`
  },
}

export const CLASS_PROTOCOL: Protocol = {
  repr: (m, type) => `<class '${fullName(m, type)}'>`,
}

export const CODE_PROTOCOL: Protocol = {
  repr(m, code) {
    const { memory } = m
    const line = memory.get(code + CodeObject.offset.firstLine)
    const [name, file] = [CODE_NAME, FILENAME].map((part) => textOf(memory, memory.get(code + part)))
    return `<code object ${name} ${at(code)}, file "${file}", line ${line}>`
  },
}
