/** Methods of numbers and bytes. */
import { isUtf8 } from 'node:buffer'
import { bytesOf } from '../bytes.ts'
import { floatOf } from '../float.ts'
import { bigIntOf, newInt } from '../int.ts'
import { bitsOf } from '../int-arithmetic.ts'
import { raise } from '../raise.ts'
import { truthValue } from '../singletons.ts'
import { newStr } from '../str.ts'
import { type Methods, without } from './values.ts'

export const INT_METHODS: Methods = {
  bit_length: without('bit_length', (m, int) => newInt(m, bitsOf(bigIntOf(m.memory, int)))),
}

export const FLOAT_METHODS: Methods = {
  is_integer: without('is_integer', (m, float) => truthValue(m, Number.isInteger(floatOf(m.memory, float)))),
}

export const BYTES_METHODS: Methods = {
  decode: without('decode', (m, bytes) => {
    const data = bytesOf(m.memory, bytes)
    if (!isUtf8(data)) raise(m, 'ValueError', 'the bytes are not UTF-8')
    return newStr(m, Buffer.from(data).toString('utf8'))
  }),
  hex: without('hex', (m, bytes) => newStr(m, Buffer.from(bytesOf(m.memory, bytes)).toString('hex'))),
}
