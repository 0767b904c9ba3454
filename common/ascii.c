#include "common/ascii.h"

#include <stdint.h>

bool ascii_same_n(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (ascii_lower(a[i]) != ascii_lower(b[i]))
			return false;
		if (!a[i])
			return true;
	}
	return true;
}

bool ascii_same(const char *a, const char *b)
{
	return ascii_same_n(a, b, SIZE_MAX);
}
