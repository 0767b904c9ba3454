#include "common/typed.h"

#include "common/ascii.h"

#include <string.h>

/* Characters that stand for plain ones. */
static const struct {
	const char *from, *to;
} signs[] = {
	{"\u00a0", " "},    {"\u2002", " "},	{"\u2003", " "},    {"\u2004", " "},
	{"\u2005", " "},    {"\u2006", " "},	{"\u2007", " "},    {"\u2008", " "},
	{"\u2009", " "},    {"\u200a", " "},	{"\u202f", " "},    {"\u205f", " "},
	{"\u3000", " "},    {"\u2010", "-"},	{"\u2011", "-"},    {"\u2012", "-"},
	{"\u2013", "-"},    {"\u2014", "-"},	{"\u2015", "-"},    {"\u2212", "-"},
	{"\u2044", "/"},    {"\u00d7", "x"},	{"\u2019", "'"},    {"\u00bd", " 1/2"},
	{"\u00bc", " 1/4"}, {"\u00be", " 3/4"}, {"\u2153", " 1/3"}, {"\u2154", " 2/3"},
	{"\u215b", " 1/8"}, {"\u215c", " 3/8"}, {"\u215d", " 5/8"}, {"\u215e", " 7/8"},
};

/* What the text begins with, and how long that is there. */
static const char *plain_of(const char *text, size_t *ret_length)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		*ret_length = strlen(signs[i].from);
		if (strncmp(text, signs[i].from, *ret_length) == 0)
			return signs[i].to;
	}
	return NULL;
}

bool typed_plain(const char *text, char *to, size_t size)
{
	size_t used = 0, length;

	while (*text) {
		const char one[2] = {ascii_is_space(*text) ? ' ' : ascii_lower(*text),
				     '\0'};
		const char *plain = plain_of(text, &length);
		text += plain ? length : 1;
		plain = plain ? plain : one;
		plain += used == 0 && *plain == ' ';
		length = strlen(plain);
		if (used + length >= size)
			return false;
		memcpy(to + used, plain, length);
		used += length;
	}
	while (used && to[used - 1] == ' ')
		used--;
	to[used] = '\0';
	return true;
}

int typed_count(const char *word)
{
	static const struct {
		const char *word;
		int count;
	} words[] = {
		{"a", 1},	  {"an", 1},	   {"one", 1},	      {"two", 2},
		{"three", 3},	  {"four", 4},	   {"five", 5},	      {"six", 6},
		{"seven", 7},	  {"eight", 8},	   {"nine", 9},	      {"ten", 10},
		{"eleven", 11},	  {"twelve", 12},  {"thirteen", 13},  {"fourteen", 14},
		{"fifteen", 15},  {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
		{"nineteen", 19}, {"twenty", 20},  {"thirty", 30},    {"forty", 40},
		{"fifty", 50},	  {"sixty", 60},   {"ninety", 90},
	};
	int v = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(word, words[i].word) == 0)
			return words[i].count;
	for (const char *p = word; *p; p++) {
		if (!ascii_is_digit(*p) || p - word > 7)
			return -1;
		v = v * 10 + *p - '0';
	}
	return *word ? v : -1;
}

const char *typed_locale(const char *all, const char *own, const char *lang)
{
	const char *const said[] = {all, own, lang};

	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (said[i] && *said[i])
			return said[i];
	return "C";
}

/* "US" of "en_US.UTF-8@posix"; empty where there is none. */
static const char *territory(const char *locale)
{
	const char *line = strchr(locale, '_');

	return line && line < locale + strcspn(locale, ".@") ? line + 1 : "";
}

bool typed_month_first(const char *locale)
{
	const char *land = territory(locale);

	return strcspn(land, ".@") == 2 && ascii_same_n(land, "US", 2);
}
