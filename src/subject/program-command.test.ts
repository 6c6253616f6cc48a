import { expect, test } from 'vitest'
import { commandWords } from './program-command.ts'

test.each([
  ['ftspec', ['ftspec']],
  ['  python3.14t -m  adapter ', ['python3.14t', '-m', 'adapter']],
  ["'/a folder/with é' --name 'it is'", ['/a folder/with é', '--name', 'it is']],
  ['"/a folder/x" "say \\"hi\\"" "it\'s"', ['/a folder/x', 'say "hi"', "it's"]],
  ['/a\\ folder/x', ['/a folder/x']],
  ['--flag=\'a b\'"c d"e', ['--flag=a bc de']],
  ['x \'\' ""', ['x', '', '']],
  ["'back\\slash'", ['back\\slash']],
  ['$HOME *.ts `x`', ['$HOME', '*.ts', '`x`']],
])('the words of %s are what a shell would pass on, with nothing expanded', (command, words) => {
  expect(commandWords(command)).toEqual(words)
})

test.each(["'open", 'a "b', 'a b\\', '"a\\"'])('a quote or an escape without an end is an error: %s', (command) => {
  expect(() => commandWords(command)).toThrow('a quote is never closed')
})

test.each(['', '  \t '])('no word at all is an error: "%s"', (command) => {
  expect(() => commandWords(command)).toThrow('the command is empty')
})
