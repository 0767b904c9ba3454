#include "common/character.h"

size_t text_character(const char *text, uint32_t *ret)
{
	const unsigned char *p = (const unsigned char *)text;
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = *p < 0x80 ? 1 : *p < 0xe0 ? 2 : *p < 0xf0 ? 3 : 4, i = 1;
	uint32_t c = n == 1 ? *p : *p & (0x7fU >> n);

	*ret = NO_CHARACTER;
	if ((*p >= 0x80 && *p < 0xc2) || *p > 0xf4)
		return 1;
	for (; i < n && p[i] >= 0x80 && p[i] < 0xc0; i++)
		c = c << 6 | (p[i] & 0x3fU);
	if (i < n) {
		*ret = CUT_CHARACTER;
		return i;
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 1;
	*ret = c;
	return n;
}

bool text_is_control(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}
