/* The enums of choices.def, and their words. */
#pragma once

/* enum item_state { ITEM_STATE_NONE, ITEM_STATE_DONE, ... } and so on. */
#define CHOICE(kind, type, hint) enum type { kind##_NONE,
#define VALUE(kind, name, word)	 kind##_##name,
#define END_CHOICE(kind) \
	kind##_VALUES    \
	}                \
	;
#include "common/choices.def"

/* item_state_word(ITEM_STATE_DUE_SOON) is "due-soon"; of none it is "". item_state_of("due-soon") is
 * ITEM_STATE_DUE_SOON; of a word that is none of them it is ITEM_STATE_NONE. */
#define CHOICE(kind, type, hint)                  \
	const char *type##_word(enum type value); \
	enum type type##_of(const char *word);
#include "common/choices.def"
