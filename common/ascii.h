/* Letters, digits and blanks of ASCII, the same in every locale: words that pdh knows are compared by these, and never by
 * ctype.h, which in Turkish takes I and i for two letters. Bytes of other characters are none of them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline char ascii_lower(char c)
{
	return ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

static inline char ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static inline bool ascii_is_letter(char c)
{
	return ascii_is_upper(ascii_upper(c));
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

/* A blank, or what moves on like one: tab, newline, vertical tab, form feed, carriage return. */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Whether two texts, or their first `n` bytes, are the same but for upper and lower case. */
bool ascii_same(const char *a, const char *b);
bool ascii_same_n(const char *a, const char *b, size_t n);
