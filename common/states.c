#include "common/states.h"

#include "common/ascii.h"
#include "common/similar.h"

#include <string.h>

/* clang-format off */
const struct state states[] = {
#define STATE(code, name) {#code, name},
#include "common/states.def"
};
/* clang-format on */
const size_t states_count = sizeof(states) / sizeof(states[0]);

const struct state *states_find(const char *text, struct arena *a)
{
	const char *said = similar_words(text, a);

	if (strncmp(said, "us ", 3) == 0)
		said += 3;
	for (size_t i = 0; i < states_count; i++)
		if (ascii_same(said, states[i].code) || ascii_same(said, states[i].name))
			return &states[i];
	return NULL;
}
