#include "daemon/pack_text.h"

/* Bytes of the character at `p`, or 0 if it is not one in UTF-8 (RFC 3629) that a text
 * may hold. */
static size_t character(const unsigned char *p, size_t left)
{
	static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = *p < 0x80	   ? 1
		   : *p >> 5 == 6  ? 2
		   : *p >> 4 == 14 ? 3
		   : *p >> 3 == 30 ? 4
				   : 0;

	if (n == 1)
		return (*p >= ' ' && *p != 0x7f) || *p == '\t' || *p == '\n' ||
		       *p == '\r';
	if (n == 0 || n > left)
		return 0;
	unsigned c = *p & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		c = c << 6 | (p[i] & 0x3fU);
	}
	return c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? 0 : n;
}

int pack_text_fault(const char *text, size_t n)
{
	int line = 1;

	for (size_t i = 0, len; i < n; i += len) {
		len = character((const unsigned char *)text + i, n - i);
		if (len == 0)
			return line;
		line += text[i] == '\n';
	}
	return 0;
}
