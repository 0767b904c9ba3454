/* What a layout says in place of a person: the options of pdh import that hold for every file it reads. */
#pragma once

#include "client/read/layout.h"
#include "client/read/result.h"

/* What is said, and what the layout says where nothing is. */
struct read_options layout_options_of(const struct layout *l,
				      const struct read_options *said);

/* Whether any option is said that a layout can keep; the columns and the layout itself are none. */
bool layout_options_any(const struct read_options *o);
