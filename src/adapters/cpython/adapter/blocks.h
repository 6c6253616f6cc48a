/* Blocks of memory: what else has to do with them. */
#ifndef ADAPTER_BLOCKS_H
#define ADAPTER_BLOCKS_H

#include "things.h"

/* Readies what blocks are made of. The calling thread is attached. Answers false with an exception set. */
bool ready_blocks(void);

/* Whether the block still holds what the list put into it. */
bool items_are_intact(const Thing *block);

#endif
