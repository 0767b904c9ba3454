#include "client/out/number.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static size_t digits(const char *p)
{
	return strspn(p, "0123456789");
}

/* Whether `p` begins with a number as JSON writes them, alone; *n: the bytes that look like one. */
static bool is_number(const char *p, size_t *n)
{
	const char *q = p + (*p == '-');
	size_t whole = digits(q), fraction = 1, exponent = 1;

	*n = strspn(p, "0123456789+-.eE");
	if (whole == 0 || (whole > 1 && *q == '0'))
		return false;
	q += whole;
	if (*q == '.') {
		fraction = digits(++q);
		q += fraction;
	}
	if (*q == 'e' || *q == 'E') {
		q++;
		q += *q == '+' || *q == '-';
		exponent = digits(q);
		q += exponent;
	}
	return fraction && exponent && q == p + *n;
}

static void zeros(struct buf *out, long n)
{
	for (; n > 0; n--)
		buf_write(out, "0", 1);
}

/* Writes 0.`v` times ten to the power of `point`, without needless zeros; false if that takes too many. */
static bool write_plain(const char *v, size_t n, long point, struct buf *out)
{
	enum { ZEROS_MOST = 30 };

	for (; n && *v == '0'; n--, point--)
		v++;
	while (n && v[n - 1] == '0')
		n--;
	if (n == 0)
		point = 0;
	if (point < -ZEROS_MOST || point > (long)n + ZEROS_MOST)
		return false;
	size_t whole = point <= 0 ? 0 : (size_t)point < n ? (size_t)point : n;
	if (whole)
		buf_write(out, v, whole);
	zeros(out, point <= 0 ? 1 : point - (long)n);
	if (whole < n) {
		buf_write(out, ".", 1);
		zeros(out, -point);
		buf_write(out, v + whole, n - whole);
	}
	return true;
}

/* The `n` bytes of a number as a text. A power of ten that nobody means stays as it is typed. */
static void quote(const char *p, size_t n, struct buf *out)
{
	enum { FAR = 1000000 };
	AUTO_BUF all = {0};
	size_t sign = *p == '-', mantissa = sign + strspn(p + sign, "0123456789.");
	long power = mantissa < n ? strtol(p + mantissa + 1, NULL, 10) : 0;
	size_t whole = digits(p + sign), from = out->len;

	buf_write(out, "\"", 1);
	buf_write(out, "-", sign);
	buf_write(&all, p + sign, whole);
	if (sign + whole < mantissa)
		buf_write(&all, p + sign + whole + 1, mantissa - sign - whole - 1);
	if (power < -FAR || power > FAR ||
	    !write_plain(all.data, all.len, (long)whole + power, out)) {
		out->len = from + 1;
		buf_write(out, p, n);
	}
	buf_write(out, "\"", 1);
}

/* The bytes of the string that begins at `p`, its quotes too. */
static size_t string(const char *p, const char *end)
{
	const char *q = p + 1;

	while (q < end && *q != '"')
		q += *q == '\\' && q + 1 < end ? 2 : 1;
	return (size_t)(q - p) + (q < end);
}

void number_quote(const char *json, size_t n, struct buf *out)
{
	enum { SHORT = 18 }; /* digits that always fit an integer of 64 bits */
	const char *end = json + n;
	size_t len = 0;

	for (const char *p = json; p < end; p += len) {
		size_t whole = (*p == '-') + digits(p + (*p == '-'));
		if (whole && is_number(p, &len) && (len > SHORT || len > whole)) {
			quote(p, len, out);
			continue;
		}
		if (*p == '"')
			len = string(p, end);
		else if (!whole)
			len = 1;
		buf_write(out, p, len);
	}
}
