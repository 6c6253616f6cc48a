/* Blocks that are a list's items. */
#ifndef ADAPTER_BLOCKS_H
#define ADAPTER_BLOCKS_H

#include "things.h"

/* Whether the block still holds what the list put into it. */
bool items_are_intact(const Thing *block);

#endif
