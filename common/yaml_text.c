#include "common/yaml_text.h"

#include <stdbool.h>
#include <string.h>

/* Bytes of a character by its first byte; 0 for none. */
static size_t length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >> 5 == 6)
		return 2;
	if (first >> 4 == 14)
		return 3;
	return first >> 3 == 30 ? 4 : 0;
}

/* Bytes of the character at `p`, or 0 if it is not one in UTF-8 (RFC 3629). */
static size_t decode(const unsigned char *p, size_t left, unsigned *ret)
{
	static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = length(*p);

	if (n == 0 || n > left)
		return 0;
	unsigned c = n == 1 ? *p : *p & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		c = c << 6 | (p[i] & 0x3fU);
	}
	*ret = c;
	return c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? 0 : n;
}

/* Control characters, and the ends of lines that only Unicode knows. */
static bool is_control(unsigned c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/* JSON may be indented by tabs. */
static bool begins_with_brace(const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strchr(" \t\r\n", text[i]))
			return text[i] == '{';
	return false;
}

const char *yaml_text_fault(const char *text, size_t n, int *ret_line)
{
	bool json = begins_with_brace(text, n);
	unsigned c;

	*ret_line = 1;
	for (size_t i = 0, len; i < n; i += len) {
		len = decode((const unsigned char *)text + i, n - i, &c);
		if (len == 0)
			return "this is not text in UTF-8";
		*ret_line += c == '\n';
		if (c == '\t' && !json)
			return "a tab; use spaces";
		if (is_control(c) && c != '\t' && c != '\n' && c != '\r')
			return "a control character";
	}
	return NULL;
}
