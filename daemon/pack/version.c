#include "daemon/pack/version.h"

#include "common/ascii.h"

#include <string.h>

static bool is_digit(char c)
{
	return ascii_is_digit(c);
}

/* Compares the numbers that two texts begin with, however long, and steps over them. */
static int compare_numbers(const char **a, const char **b)
{
	*a += strspn(*a, "0");
	*b += strspn(*b, "0");
	const size_t na = strspn(*a, "0123456789"), nb = strspn(*b, "0123456789");
	const int order = na != nb ? (na > nb) - (na < nb) : strncmp(*a, *b, na);

	*a += na;
	*b += nb;
	return order;
}

bool version_is_newer(const char *a, const char *b)
{
	while (*a && *b) {
		if (is_digit(*a) && is_digit(*b)) {
			const int order = compare_numbers(&a, &b);
			if (order)
				return order > 0;
			continue;
		}
		if (*a != *b)
			return *a > *b;
		a++;
		b++;
	}
	return *a && !*b;
}

const struct pack *version_now(struct pack_library *packs, const char *pack)
{
	struct pack_stack stack;

	pack_library_stack(packs, pack, &stack);
	return stack.n ? stack.v[0] : NULL;
}
