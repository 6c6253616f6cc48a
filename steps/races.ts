/**
 * Races: what actors do at once, and everything that may come of it.
 */
import { type DataTable, Then, When } from '@cucumber/cucumber'
import { judge, queriesOf, readPrograms, readTable, tallyOf } from './race-table.ts'
import type { World } from './world.ts'

When('these race:', function (this: World, table: DataTable) {
  this.racing = readPrograms(this, table.raw())
})

Then('the outcomes are:', async function (this: World, data: DataTable) {
  const { order, bound, budget } = this.parameters
  const table = readTable(data.raw(), Object.keys(this.racing))
  const result = await this.race(queriesOf(table))
  this.tell(tallyOf(table, result, this.bound))
  this.unharmed(result)
  const limited = [order, bound, budget].some((limit) => limit !== undefined)
  const { wrong, lacking } = judge(table, result, { limited, declared: this.boundInForce })
  if (wrong) await this.shown(wrong.outcome, wrong.what)
  this.check(lacking, [], 'what the race lacks')
})
